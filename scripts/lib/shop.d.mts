import type { Environment, PrepareEnvironmentOptions } from './environment.d.mts';

export type { Environment, PrepareEnvironmentOptions } from './environment.d.mts';
export { NoFittingPython } from './environment.mjs';
export type { DjangoSeries } from './python.d.mts';

export interface PrepareShopOptions extends PrepareEnvironmentOptions {
  /** Variables of the shop (`SHOP_…`, `DATABASE_URL`); nothing is taken from our own. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** How many log entries and the like to seed for tests of large tables. */
  readonly events?: number | undefined;
}

export interface PreparedShop extends Environment {
  /** A folder with a migrated, seeded SQLite database and media; only to be copied. */
  readonly template: string;
}

export interface StartShopOptions extends PrepareShopOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  readonly server?: 'runserver' | 'gunicorn' | undefined;
  /** gunicorn's processes; default 2. */
  readonly workers?: number | undefined;
  /** gunicorn's threads in each process; default 4. */
  readonly threads?: number | undefined;
  /** How long the server may take to answer; default 60 s. */
  readonly startTimeoutMs?: number | undefined;
}

export interface RunningShop extends PreparedShop {
  /** `http://127.0.0.1:40123`, without a slash at the end. */
  readonly url: string;
  /** `http://127.0.0.1:40123/admin/` */
  readonly adminUrl: string;
  /** Its own copy of the template; removed by `stop()`. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** The whole environment of its processes. */
  readonly env: Record<string, string>;
  readonly pid: number;
  /** The last 256 K characters of its standard output, then those of its standard error. */
  readonly output: () => string;
  /** Settles with a few words when the server has ended, wanted or not. */
  readonly ended: Promise<string>;
  /** Ends the server and its children and removes its data. May be called twice. */
  readonly stop: () => Promise<void>;
}

export interface Inspector {
  /** One question, one answer; rejects when that is an error or the inspector has ended. */
  readonly ask: (request: object) => Promise<Readonly<Record<string, unknown>>>;
  readonly stop: () => Promise<void>;
}

/**
 * The shop for a Django series: environment, database, media; made on first use.
 *
 * @throws NoFittingPython when that Django can only be skipped
 */
export declare const prepareShop: (options: PrepareShopOptions) => Promise<PreparedShop>;

/** A server of its own on data of its own; prepares the shop first when needed. */
export declare const startShop: (options: StartShopOptions) => Promise<RunningShop>;

export declare const startInspector: (shop: Pick<RunningShop, 'python' | 'env'>) => Inspector;
