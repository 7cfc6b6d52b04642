import { operationNames } from '../../operations/facts.ts';
import { toolName } from '../../operations/names.ts';
import { error, type Finding, warning } from './finding.ts';

/** Some clients take more, but the models' own APIs take no others. */
const nameRule = /^[a-zA-Z0-9_-]{1,64}$/;
/** Cursor hides a tool when its name and the server's are longer together. */
const maxNameTogether = 60;
/** Clients put the name before each tool's; VS Code crops it. */
const advisedNameLength = 15;

const longestTool = Math.max(...operationNames.map((name) => toolName(name, 'snake').length));

/** A name that no client would take is an error, a long one a warning. */
export const lintName = (name: string): readonly Finding[] => {
  if (!nameRule.test(name))
    return [
      error(
        `The name "${name}" is not made of 1 to 64 letters, digits, "_" and "-".`,
        'Rename the entry, for example to django-admin.',
      ),
    ];
  if (name.length + longestTool > maxNameTogether)
    return [
      error(
        `The name "${name}" is so long that clients hide tools: with a tool's it has more than ${maxNameTogether} characters.`,
        `Take one of at most ${advisedNameLength}.`,
      ),
    ];
  return name.length <= advisedNameLength
    ? []
    : [
        warning(
          `The name "${name}" has ${name.length} characters.`,
          `At most ${advisedNameLength} are shown whole everywhere.`,
        ),
      ];
};
