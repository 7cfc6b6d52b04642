import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { photographAppsView } from './apps-view.ts';
import { formatCast, parseCast } from './cast.ts';
import { onGround } from './ground.ts';
import { record } from './record.ts';
import { screenOf } from './screen.ts';
import { svgOf } from './svg.ts';

const castFile = 'docs/session.cast';
const sessionPicture = 'docs/session.svg';
const appsPicture = 'docs/apps-view.png';

const { values: flags } = parseArgs({ options: { render: { type: 'boolean', default: false } } });

if (!flags.render)
  await onGround(async (ground) => {
    const cast = await record(ground);
    // By now its user is logged in.
    await photographAppsView(ground, appsPicture);
    await writeFile(castFile, formatCast(cast));
  });

const cast = parseCast(await readFile(castFile, 'utf8'));
const lines = await screenOf(cast);
await writeFile(sessionPicture, svgOf(lines, cast.width, cast.title));
process.stdout.write(`${sessionPicture}: ${lines.length} lines\n`);
