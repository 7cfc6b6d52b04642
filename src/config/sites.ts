import { GatewayError } from '../operations/errors.ts';
import { didYouMean } from '../operations/nearest.ts';
import { fileBody, isSticky, loadSettings, type Sources } from './load.ts';
import {
  environmentPrefix,
  type OptionKey,
  optionKeys,
  optionSpec,
  type Settings,
} from './options.ts';

/** One of the sites that a gateway serves. */
export interface NamedSite {
  readonly name: string;
  readonly settings: Settings;
}

/** The key of the configuration file under which several sites stand. */
const sitesKey = 'sites';

const wrong = (message: string, hint?: string): GatewayError =>
  new GatewayError('config', message, hint === undefined ? {} : { hint });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What belongs to the process and not to a site: where it listens, what it logs. */
const isOfProcess = (name: string): boolean =>
  (optionKeys as readonly string[]).includes(name) &&
  optionSpec(name as OptionKey).group === 'Server';

/** The prefix with a slash at both ends; it is a fixed path and no pattern. */
const withPrefix = (settings: Settings): Settings => {
  const bare = settings.PREFIX.replace(/^\/+|\/+$/g, '');
  if (bare === '') return { ...settings, PREFIX: '/' };
  if (!/^[\w.~-]+(?:\/[\w.~-]+)*$/.test(bare))
    throw wrong(`PREFIX must be a path such as "/staff/", not "${settings.PREFIX}".`);
  return { ...settings, PREFIX: `/${bare}/` };
};

/** What the top of the file switched on for all sites, and none switches off for itself. */
const stuckIn = (shared: Readonly<Record<string, unknown>>): Readonly<Record<string, true>> =>
  Object.fromEntries(
    optionKeys.filter((key) => isSticky(key) && shared[key] === true).map((key) => [key, true]),
  );

const siteOf = (
  entry: unknown,
  index: number,
  shared: Readonly<Record<string, unknown>>,
  sources: Sources,
): NamedSite => {
  const where = `${sitesKey}[${index}] in the configuration file`;
  if (!isObject(entry)) throw wrong(`${where} must be an object.`);
  const { name, ...own } = entry;
  if (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(name))
    throw wrong(`${where} needs a "name" of letters, digits, "_" and "-".`);
  const misplaced = Object.keys(own).find(isOfProcess);
  if (misplaced !== undefined)
    throw wrong(
      `${misplaced} is the same for all sites; it stands in site "${name}".`,
      'Move it to the top of the configuration file.',
    );
  const settings = withPrefix(
    loadSettings({ ...sources, file: { ...shared, ...own, ...stuckIn(shared) } }),
  );
  if (settings.ADMIN_SITE === null) throw wrong(`Site "${name}" has no ADMIN_SITE.`);
  return { name, settings };
};

/** Two sites at one address would make a caller of one somebody on the other. */
const refuseTwins = (sites: readonly NamedSite[]): void => {
  for (const key of ['name', 'PREFIX'] as const) {
    const seen = new Set<string>();
    for (const { name, settings } of sites) {
      const value = key === 'name' ? name : settings.PREFIX;
      if (seen.has(value))
        throw wrong(
          `Two sites of the configuration file have the same ${key}: "${value}".`,
          key === 'PREFIX' ? 'Give each its own, such as "/staff/" and "/partner/".' : undefined,
        );
      seen.add(value);
    }
  }
};

/** What tells the sites apart cannot be given for all of them. */
const refuseForAll = ({ flags, environment }: Sources): void => {
  for (const key of ['ADMIN_SITE', 'PREFIX'] as const)
    if (flags?.[key] !== undefined || environment?.[environmentPrefix + key])
      throw wrong(
        `${key} cannot be given on the command line or in the environment for several sites.`,
        'It stands in each site of the configuration file; --site chooses one.',
      );
};

/**
 * The sites that the settings describe: those under `sites` of the configuration file, each
 * with the file's other keys as its defaults, or the only one there is, which is named
 * `default`.
 *
 * @throws GatewayError `config`
 */
export const loadSites = (sources: Sources): readonly NamedSite[] => {
  const body = fileBody(sources.file);
  const { [sitesKey]: entries, ...shared } = body;
  if (entries === undefined)
    return [{ name: 'default', settings: withPrefix(loadSettings(sources)) }];
  if (!Array.isArray(entries) || entries.length === 0)
    throw wrong(`${sitesKey} in the configuration file must be a list of objects.`);
  refuseForAll(sources);
  const sites = entries.map((entry, index) => siteOf(entry, index, shared, sources));
  refuseTwins(sites);
  return sites;
};

/**
 * The one site that a command for one user works with.
 *
 * @param name of `--site`; needed where there are several
 */
export const oneSite = (sites: readonly NamedSite[], name: string | undefined): Settings => {
  const names = sites.map((site) => site.name);
  const [only] = sites;
  if (name === undefined) {
    if (sites.length === 1 && only !== undefined) return only.settings;
    throw wrong(
      'The configuration file has several sites.',
      `Name one: --site ${names.join(' | ')}`,
    );
  }
  const found = sites.find((site) => site.name === name);
  if (found === undefined) throw wrong(`There is no site "${name}".`, didYouMean(name, names));
  return found.settings;
};

/** What is the same for all sites of a process, such as where it listens. */
export const processSettings = (sites: readonly NamedSite[]): Settings => {
  const [first] = sites;
  if (first === undefined) throw wrong('There is no site to serve.');
  return first.settings;
};
