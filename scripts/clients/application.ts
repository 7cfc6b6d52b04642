import type { ClientId } from '../../src/clients/catalogue.ts';
import type { ApplicationPackage } from './pinned.ts';

export type Variables = Readonly<Record<string, string>>;

/** What an application says of one server in its file. */
export interface Seen {
  readonly connected: boolean;
  /** Its own words, or what it did. */
  readonly said: string;
}

/** The two servers that `setup` has written into the application's file. */
export interface Servers {
  readonly stdio: Seen;
  readonly http: Seen;
}

export const serverNames = { stdio: 'django-admin', http: 'remote' } as const;

/** Where it is started: a home directory of its own, and in that a project. */
export interface Place {
  readonly home: string;
  readonly project: string;
  readonly mcpUrl: string;
}

/** A host application that can tell whether it is connected. */
export interface Application {
  readonly title: string;
  readonly package: ApplicationPackage;
  /** Whose file it is given. */
  readonly client: ClientId;
  readonly look: (place: Place, env: Variables) => Promise<Servers>;
}

/** No application may take longer; a cold start of the slowest took 8 s on two busy cores. */
export const patienceMs = 90_000;

/** The line in which an application names a server, as it is. */
export const lineAbout = (name: string, output: string): string =>
  output
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line.includes(`${name}:`)) ?? `nothing about "${name}"`;
