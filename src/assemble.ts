import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAuditTrail } from './audit-trail.ts';
import type { Settings } from './config/options.ts';
import { fileRulesOf, localPlace } from './file-places.ts';
import type { FilePlace } from './files/fetch-file.ts';
import { openAppendFile } from './layers/audit/file.ts';
import type { AuditLine } from './layers/audit/line.ts';
import { type AuditTrail, auditRefused, watchedTrail, withAudit } from './layers/audit.ts';
import { withConfirmation } from './layers/confirmation.ts';
import { withFiles } from './layers/files.ts';
import { type Limits, withLimits } from './layers/limits.ts';
import { withOneWriter } from './layers/one-writer.ts';
import { standingRules } from './layers/policy/rules.ts';
import { withPolicy } from './layers/policy.ts';
import { withRedaction } from './layers/redaction.ts';
import { withRenewal } from './layers/renewal.ts';
import { withView } from './layers/view.ts';
import { withVisibleText } from './layers/visible.ts';
import { disabledIn, listingOptionsOf } from './listing-options.ts';
import type { Log } from './log.ts';
import { createFace, type McpFace } from './mcp/face.ts';
import type { OperationName } from './operations/catalogue.ts';
import { GatewayError } from './operations/errors.ts';
import { operationNames } from './operations/facts.ts';
import type { Upstream } from './operations/upstream.ts';
import { signingKeyOf } from './signing.ts';

const isUpstream = (value: unknown): value is Upstream =>
  typeof value === 'object' &&
  value !== null &&
  operationNames.every(
    (name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function',
  );

const customUpstream = async (module: string): Promise<Upstream> => {
  const specifier = /^[./]/.test(module) ? pathToFileURL(resolve(module)).href : module;
  const loaded = (await import(specifier).catch((cause: unknown) => {
    throw new GatewayError('config', `DISPATCHER_FACTORY "${module}" cannot be imported.`, {
      hint: 'Give an ES module: a path that starts with "./" or "/", or the name of a package.',
      cause,
    });
  })) as { readonly default?: unknown };
  const upstream: unknown =
    typeof loaded.default === 'function' ? await loaded.default() : undefined;
  if (isUpstream(upstream)) return upstream;
  throw new GatewayError('config', `DISPATCHER_FACTORY "${module}" does not make an upstream.`, {
    hint: `Its default export must be a function that returns an object with a function for each of: ${operationNames.join(', ')}.`,
  });
};

const bareUpstream = async (settings: Settings): Promise<Upstream> => {
  if (settings.DISPATCHER_FACTORY !== null) return customUpstream(settings.DISPATCHER_FACTORY);
  return settings.UPSTREAM === 'rest'
    ? (await import('./rest/upstream.ts')).createRestUpstream()
    : (await import('./stock/upstream.ts')).createStockUpstream();
};

/** Has what the first call needs loaded before it comes; what fails here fails again then. */
export const loadAhead = async ({ DISPATCHER_FACTORY, UPSTREAM }: Settings): Promise<void> => {
  if (DISPATCHER_FACTORY !== null) return;
  const upstream =
    UPSTREAM === 'rest' ? import('./rest/upstream.ts') : import('./stock/upstream.ts');
  await Promise.allSettled([upstream, import('./django/undici.ts')]);
};

/**
 * The upstream with its layers. It loads on the first call, since a client lists the tools
 * long before it calls one.
 */
export const layeredUpstream = (
  settings: Settings,
  disabled: ReadonlySet<OperationName>,
  place: FilePlace = localPlace(settings),
): Upstream => {
  let loading: Promise<Upstream> | undefined;
  const lazy = Object.fromEntries(
    operationNames.map((name) => [
      name,
      async (...call: readonly unknown[]) => {
        loading ??= bareUpstream(settings);
        const run = (await loading)[name] as (...given: readonly unknown[]) => unknown;
        return run(...call);
      },
    ]),
  ) as unknown as Upstream;
  const rules = fileRulesOf(settings);
  const confirmation = {
    when: settings.CONFIRM,
    rows: settings.CONFIRM_ROWS,
    seconds: settings.CONFIRM_SECONDS,
    key: signingKeyOf(settings.SIGNING_KEY),
  };
  const confirmed = withConfirmation(
    confirmation,
    withFiles({ place, rules }, withOneWriter(withRenewal(lazy))),
  );
  return withView(
    withPolicy(
      standingRules(settings, disabled),
      withVisibleText(withRedaction(settings.REDACT_FIELDS, confirmed)),
    ),
  );
};

/** @throws GatewayError `config` where the audit file cannot be opened */
export const auditTrailOf = ({ AUDIT_FILE }: Settings, log: Log): AuditTrail =>
  createAuditTrail(log, AUDIT_FILE === null ? undefined : openAppendFile(AUDIT_FILE));

/** What a server of many callers adds to the face. */
export interface ServedParts {
  /** Where files come from and go to; the folders of this machine by default. */
  readonly place?: FilePlace;
  readonly limits?: Limits;
  /** Hears of the end of every call, beside the audit. */
  readonly watch?: (line: AuditLine) => void;
}

/** The MCP face that the settings describe. */
export const faceOf = (settings: Settings, log: Log, served: ServedParts = {}): McpFace => {
  const { place, limits, watch } = served;
  const { disabled, warnings } = disabledIn(settings);
  for (const warning of warnings) log.warn('config.W001', { message: warning });
  const trail = watchedTrail(auditTrailOf(settings, log), watch);
  const layered = layeredUpstream(settings, disabled, place);
  return createFace({
    ...listingOptionsOf(settings),
    upstream: withAudit(trail, limits === undefined ? layered : withLimits(limits, layered)),
    maxResultChars: settings.MAX_RESULT_CHARS,
    questionTimeoutMs: settings.CONFIRM_SECONDS * 1000,
    onRefused: auditRefused(trail),
  });
};
