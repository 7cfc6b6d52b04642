import { environmentPrefix } from '../../config/options.ts';
import { parseSite } from '../../django/parse-site.ts';
import { asGatewayError } from '../../operations/errors.ts';
import type { Launch } from '../entry.ts';
import { error, type Finding, type Machine, reference, warning } from './finding.ts';

const siteOf = (args: readonly string[], env: Readonly<Record<string, string>>) => {
  const at = args.indexOf('--url');
  const joined = args.find((arg) => arg.startsWith('--url='))?.slice('--url='.length);
  return at >= 0 ? args[at + 1] : (joined ?? env[`${environmentPrefix}ADMIN_SITE`]);
};

export const lintStdio = (
  { command, args, env }: Extract<Launch, { kind: 'stdio' }>,
  machine: Machine,
): readonly Finding[] => {
  const findings: Finding[] = [];
  if (!machine.hasCommand(command))
    findings.push(
      error(
        `The command "${command}" is not found.`,
        'Install Node, or give the whole path: setup --program node.',
      ),
    );
  if (machine.place.platform === 'win32' && command === 'npx')
    findings.push(error('Windows cannot start "npx" directly.', 'Use "cmd" with "/c", "npx", ….'));
  if (!args.includes('stdio'))
    findings.push(
      error('The arguments lack "stdio".', 'Without it the program prints its help and ends.'),
    );
  const npx = command === 'npx' || args.includes('npx');
  if (npx && !args.includes('-y') && !args.includes('--yes'))
    findings.push(
      error('The arguments of npx lack "-y".', 'Without it npx asks, and nobody can answer.'),
    );
  const site = siteOf(args, env);
  if (site === undefined && !args.includes('--config'))
    findings.push(error('No admin is named.', 'Add "--url" and the URL of the admin index.'));
  if (site !== undefined && !reference.test(site))
    try {
      parseSite({ adminUrl: site });
      if (!site.endsWith('/'))
        findings.push(warning('The admin URL has no slash at its end.', 'Django puts one there.'));
    } catch (thrown) {
      const { message, hint } = asGatewayError(thrown);
      findings.push(error(message, hint ?? ''));
    }
  return findings;
};
