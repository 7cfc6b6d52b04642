import { cleanFileName } from '../operations/file-name.ts';
import { sha256Of } from '../operations/file-value.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Answer } from '../operations/upstream.ts';
import { codeOf } from '../own-file.ts';
import { saveDownload } from './save-download.ts';

const notSaved =
  'It could not be written into DOWNLOAD_DIR, so it is in this answer. The user has to look at that folder.';

/**
 * An answer that carries a file, with the facts of the file in its body; and with the file in
 * the folder instead of in the answer, where there is one.
 */
export const keepDownload = async (answer: Answer, downloadDir: string | null): Promise<Answer> => {
  if (answer.file === undefined) return answer;
  const { file, ...rest } = answer;
  const name = cleanFileName(file.name);
  const facts: JsonObject = {
    name,
    media_type: file.mediaType,
    size: file.bytes.byteLength,
    sha256: sha256Of(file.bytes),
  };
  const withFacts = (more: JsonObject) => ({ ...rest.body, file: { ...facts, ...more } });
  const inAnswer = (more: JsonObject = {}): Answer => ({
    ...rest,
    body: withFacts(more),
    file: { ...file, name },
  });
  if (downloadDir === null) return inAnswer();
  try {
    const path = await saveDownload(downloadDir, name, file.bytes);
    return { ...rest, body: withFacts({ saved_to: path }) };
  } catch (error) {
    if (typeof codeOf(error) !== 'string') throw error;
    return inAnswer({ note: notSaved });
  }
};
