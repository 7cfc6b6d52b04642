import type { GlobKind } from '../operations/globs.ts';

/** How a setting's text (flag, environment) is read, and what JSON the file may hold. */
type Kind =
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** A `sticky` one is on where any source says so. */
  | { readonly kind: 'switch'; readonly sticky?: boolean }
  /** Comma-separated text, or a JSON array. */
  | { readonly kind: 'list'; readonly globs?: GlobKind }
  /** `name=value` repeated, or a JSON object of text. */
  | { readonly kind: 'map' };

export type OptionSpec = Kind & {
  /** Absent where a flag would put a secret into the process list. */
  readonly flag?: string;
  /** What the value is, in `--help`. */
  readonly value?: string;
  readonly default:
    | string
    | number
    | boolean
    | null
    | readonly string[]
    | Readonly<Record<string, string>>;
  readonly help: string;
  /** Never printed. */
  readonly secret?: boolean;
  readonly group: 'Site' | 'Sign-in' | 'MCP' | 'Policy' | 'Writes' | 'Files' | 'Server' | 'Limits';
};

/** The type of an option's value, where it has one. */
export type ValueOf<Spec extends OptionSpec> = Spec extends { kind: 'integer' }
  ? number
  : Spec extends { kind: 'switch' }
    ? boolean
    : Spec extends { kind: 'list' }
      ? readonly string[]
      : Spec extends { kind: 'map' }
        ? Readonly<Record<string, string>>
        : Spec extends { kind: 'choice'; choices: readonly (infer Choice)[] }
          ? Choice
          : string;
