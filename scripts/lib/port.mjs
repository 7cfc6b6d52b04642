/** A free port of this machine that no other shop is about to take. */
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longer than any server needs to bind its port. */
const claimMs = 120_000;
const tries = 20;

/** @returns {Promise<number>} */
const askSystem = () =>
  new Promise((settle, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => settle(port));
    });
  });

/** @param {string} file */
const claim = (file) => {
  try {
    if (Date.now() - statSync(file).mtimeMs > claimMs) rmSync(file, { force: true });
  } catch {
    // Nobody has claimed it.
  }
  try {
    writeFileSync(file, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
};

/**
 * Django cannot be handed an open socket, so the port is free for a moment in which the
 * system may give it to another shop's start, which would then be answered by ours. A
 * claim file keeps all shops of this machine apart until theirs is bound.
 *
 * @returns {Promise<{ port: number, release: () => void }>}
 */
export const claimPort = async () => {
  for (let tried = 0; tried < tries; tried += 1) {
    const port = await askSystem();
    const file = join(tmpdir(), `django-admin-mcp-api-port-${port}`);
    if (claim(file)) return { port, release: () => rmSync(file, { force: true }) };
  }
  throw new Error(
    `No free port could be claimed in ${tries} tries; is the temporary folder writable?`,
  );
};
