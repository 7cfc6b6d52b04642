import type { JsonObject } from '../operations/json.ts';

/** Whose file: the one of this user, or the one that a project shares. */
export type Scope = 'user' | 'project';

/** Where a client runs; files are named from this and nothing else, so that all systems can be tested. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A value that the config needs and must not hold. */
export interface Secret {
  /** The environment variable of the server, or the header, that it becomes. */
  readonly name: string;
  /** The environment variable of the client that holds it, where a file can refer to one. */
  readonly variable: string;
  /** The name of the client's own prompt, where it has one. */
  readonly prompt: string;
  readonly title: string;
}

/** What a client is to be connected with. */
export type Server =
  | {
      readonly kind: 'stdio';
      readonly command: string;
      readonly args: readonly string[];
      readonly secrets: readonly Secret[];
    }
  | { readonly kind: 'http'; readonly url: string; readonly secrets: readonly Secret[] };

/** What of its own environment a client hands on to a server that it starts. */
export type Environment =
  /** All of it, and it was started from a shell. */
  | 'shell'
  /** All of it, but a desktop has started the client: what a shell exports is not in it. */
  | 'desktop'
  /** PATH, HOME and the like only. */
  | 'basic'
  /** All but what looks like a secret by its name. */
  | 'filtered';

/** How a client's file names a server behind a URL. */
export interface HttpForm {
  readonly type?: string;
  readonly url: 'url' | 'serverUrl' | 'httpUrl';
  readonly headers: 'headers' | 'env_http_headers';
  /** Other words for the same that newer versions read as well, and write themselves. */
  readonly newer?: { readonly type: string; readonly url: 'url' };
  /** How a header's value is taken from elsewhere; absent where the file's own text is all there is. */
  readonly reference?: (secret: Secret) => string;
}

/** One MCP client's configuration, as data. */
export interface ClientSpec {
  readonly title: string;
  readonly files: Readonly<Partial<Record<Scope, (place: Place) => string>>>;
  /** `json` takes no comments. */
  readonly format: 'json' | 'jsonc' | 'toml';
  /** The top-level key with the servers by name. */
  readonly key: 'mcpServers' | 'servers' | 'context_servers' | 'mcp_servers';
  readonly stdio: { readonly type?: string };
  /** Why not, where the file cannot name a URL. */
  readonly http: HttpForm | { readonly impossible: string };
  /** Keys that every entry needs beside those. */
  readonly extra?: JsonObject;
  /** The client asks for secrets itself and keeps them: VS Code's `inputs`. */
  readonly prompts: boolean;
  readonly environment: Environment;
  /** After the file was written. */
  readonly next: string;
  readonly remarks?: readonly string[];
}

export const isHttpForm = (http: ClientSpec['http']): http is HttpForm => 'url' in http;
