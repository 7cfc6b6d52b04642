import type { JsonObject } from '../../operations/json.ts';
import { type ClientSpec, isHttpForm } from '../client.ts';
import { type Launch, urlKeyOf } from '../entry.ts';
import { error, type Finding, warning } from './finding.ts';

export const lintHttp = (
  client: ClientSpec,
  { url, headers }: Extract<Launch, { kind: 'http' }>,
): readonly Finding[] => {
  const findings: Finding[] = [];
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
    return [error(`"${url}" is not an http or https URL.`, 'Write it in full.')];
  if (!/\/mcp\/?$/.test(parsed.pathname))
    findings.push(
      error(
        `The URL does not end in /mcp/ but in ${parsed.pathname}.`,
        'Give the URL that "serve" prints; the admin itself does not speak MCP.',
      ),
    );
  else if (parsed.pathname.includes('//'))
    findings.push(error('The path of the URL has two slashes in a row.', 'Take one away.'));
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  if (!names.includes('cookie') && !names.includes('authorization'))
    findings.push(
      warning(
        'No header carries a session.',
        `serve answers 401 to whoever sends none. ${isHttpForm(client.http) && client.http.reference === undefined ? `${client.title} reads headers from its file only: use stdio, or accept the session there.` : 'Run setup again.'}`,
      ),
    );
  return findings;
};

export const urlKeys = ['url', 'serverUrl', 'httpUrl'] as const;
const headerKeys = ['headers', 'http_headers', 'env_http_headers', 'requestInit'] as const;
/** Keys beside the one that setup writes which the client also reads. */
const alsoRead: Readonly<Partial<Record<string, readonly string[]>>> = {
  env_http_headers: ['http_headers'],
};

/** Keys that belong to another client and are ignored here without a word. */
export const lintKeys = (client: ClientSpec, value: JsonObject): readonly Finding[] => {
  const form = client.http;
  if (!isHttpForm(form))
    return urlKeys.some((key) => key in value) ? [error(form.impossible, 'Use stdio.')] : [];
  const findings: Finding[] = [];
  for (const key of urlKeys)
    if (key in value && key !== urlKeyOf(form, value) && !(form.url in value))
      findings.push(
        error(
          `${client.title} does not take "${key}" for an MCP endpoint.`,
          `Call it "${form.url}".`,
        ),
      );
  for (const key of headerKeys)
    if (key in value && key !== form.headers && !alsoRead[form.headers]?.includes(key))
      findings.push(error(`${client.title} ignores "${key}".`, `Call it "${form.headers}".`));
  const isRemote = form.url in value;
  const wanted = isRemote ? form.type : client.stdio.type;
  const { type } = value;
  if (wanted !== undefined && isRemote && type !== wanted)
    findings.push(
      error(`The entry lacks "type": "${wanted}".`, 'Without it the client starts a command.'),
    );
  return findings;
};
