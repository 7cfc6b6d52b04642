/** What a process has cost so far, read from /proc (Linux only). */
import { readFileSync } from 'node:fs';
import { sum } from './statistics.mjs';

/** The kernel's unit of CPU time that user space sees; 100 a second on every Linux of today. */
const msPerTick = 10;

/** Fields of /proc/<pid>/stat from the third on: the second is a name that may hold spaces. */
const statOf = (pid) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** CPU time of one process in ms, its threads included, to the nearest 10. */
const cpuOfOne = (pid) => {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) * msPerTick;
};

/** CPU time in ms that these processes have used so far. */
export const cpuMs = (pids) => sum(pids.map(cpuOfOne));

/** Resident memory in MB. */
export const rssMb = (pid) => {
  const [, kb] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
};
