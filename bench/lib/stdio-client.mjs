/** A plain MCP client of a server that speaks over its standard streams. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { endAtExit, killGroup } from '../../scripts/lib/cleanup.mjs';

const initialize = {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'bench', version: '1' },
};

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string }} [options]
 */
export const startStdio = async (command, args, { env = {}, cwd } = {}) => {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const forget = endAtExit(() => killGroup(child, 'SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const waiting = new Map();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line);
    waiting.get(message.id)?.resolve(message);
    waiting.delete(message.id);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${command} ended:\n${said}`));
  });
  let last = 0;
  const notify = (method) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method })}\n`);
  const request = async (method, params) => {
    last += 1;
    const id = last;
    const answered = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const stop = async () => {
    child.stdin.end();
    const late = setTimeout(() => killGroup(child, 'SIGKILL'), 3_000);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    clearTimeout(late);
    forget();
  };
  try {
    await request('initialize', initialize);
  } catch (error) {
    await stop();
    throw error;
  }
  notify('notifications/initialized');
  return { pid: child.pid ?? 0, request, stop };
};
