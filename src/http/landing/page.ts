import { html, raw } from 'hono/html';
import type { McpFace } from '../../mcp/face.ts';
import type { RecentCall } from './recent-calls.ts';
import { style } from './style.ts';
import { isTriable, type Tried } from './try-tool.ts';

/** A client's configuration for this server, ready to be copied. */
export interface Snippet {
  readonly title: string;
  readonly text: string;
  /** What to do with it. */
  readonly note: string;
}

export interface LandingView {
  readonly face: McpFace;
  readonly endpoint: string;
  /** The admin that is served, and how it is reached. */
  readonly admin: string;
  readonly upstream: string;
  readonly snippets: readonly Snippet[];
  readonly tried: Tried | undefined;
  readonly recent: readonly RecentCall[];
}

type Html = ReturnType<typeof html>;

const facts = ({ face, endpoint, admin, upstream }: LandingView): Html => html`<dl>
  <dt>Endpoint</dt><dd><code>${endpoint}</code></dd>
  <dt>Admin</dt><dd><a href="${admin}">${admin}</a></dd>
  <dt>Version</dt><dd>${face.serverVersion}, upstream ${upstream}</dd>
  <dt>For programs</dt><dd><a href="${endpoint}manifest/">the manifest</a></dd>
</dl>`;

const connect = ({ snippets }: LandingView): Html => html`<section aria-labelledby="connect">
  <h2 id="connect">Connect a client</h2>
  <p>
    Each goes into that client's own settings file. The session is the admin's: the cookies
    <code>sessionid</code> and <code>csrftoken</code> of your browser, kept in the client's
    environment and not in the file.
  </p>
  ${snippets.map(
    ({ title, text, note }) => html`<details>
      <summary>${title}</summary>
      <p>${note}</p>
      <pre tabindex="0"><code>${text}</code></pre>
    </details>`,
  )}
</section>`;

const answer = ({ status, text }: Tried): Html => html`<p role="status">
    Answer: <strong class="${status >= 400 ? 'bad' : ''}">${status}</strong>
  </p>
  <pre tabindex="0"><code>${text}</code></pre>`;

const attempt = ({ face, tried }: LandingView): Html => html`<section aria-labelledby="try">
  <h2 id="try">Try a tool</h2>
  <form method="get" action="#try">
    <label>Tool that reads
      <select name="tool">
        ${face.tools
          .filter(({ name }) => isTriable(name))
          .map(
            ({ name }) =>
              html`<option value="${name}" ${name === tried?.tool ? 'selected' : ''}>${name}</option>`,
          )}
      </select>
    </label>
    <label>Arguments, as JSON
      <textarea name="arguments" spellcheck="false">${tried?.given ?? '{}'}</textarea>
    </label>
    <button>Call it with my session</button>
  </form>
  ${tried === undefined ? '' : answer(tried)}
</section>`;

const calls = ({ recent }: LandingView): Html => html`<section aria-labelledby="recent">
  <h2 id="recent">Your last calls</h2>
  ${
    recent.length === 0
      ? html`<p>None yet in this process.</p>`
      : html`<table>
          <thead>
            <tr><th scope="col">Time</th><th scope="col">Tool</th><th scope="col">Model</th><th scope="col">Outcome</th><th scope="col">ms</th></tr>
          </thead>
          <tbody>
            ${recent.map(
              (call) => html`<tr>
                <td><time datetime="${call.at.toISOString()}">${call.at.toISOString().slice(11, 19)} UTC</time></td>
                <td><code>${call.tool}</code></td>
                <td>${call.model ?? ''}</td>
                <td>${call.outcome} ${call.status ?? ''}</td>
                <td>${call.ms ?? ''}</td>
              </tr>`,
            )}
          </tbody>
        </table>`
  }
</section>`;

const tools = ({ face }: LandingView): Html => html`<section aria-labelledby="tools">
  <h2 id="tools">${face.tools.length} tools</h2>
  <table>
    <thead><tr><th scope="col">Tool</th><th scope="col">What it does</th><th scope="col" class="wide">Kind</th></tr></thead>
    <tbody>
      ${face.tools.map(
        ({ name, description, annotations, inputSchema }) => html`<tr>
          <th scope="row"><code>${name}</code></th>
          <td>
            ${description}
            <details>
              <summary>Arguments</summary>
              <pre tabindex="0"><code>${JSON.stringify(inputSchema, null, 2)}</code></pre>
            </details>
          </td>
          <td class="wide">
            <span class="tag">${annotations.readOnlyHint ? 'reads' : annotations.destructiveHint ? 'changes' : 'adds'}</span>
          </td>
        </tr>`,
      )}
    </tbody>
  </table>
</section>`;

/** `GET /mcp/` in a browser: made on the server, without any script. */
export const landingPage = (view: LandingView): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${view.face.serverName}: MCP</title>
    <style>${raw(style)}</style>
  </head>
  <body>
    <main>
      <h1>${view.face.serverName}</h1>
      <p>An MCP server for a Django admin, with your rights in it and no others.</p>
      ${facts(view)} ${connect(view)} ${attempt(view)} ${calls(view)} ${tools(view)}
    </main>
  </body>
</html>`;

/** Nothing may be loaded or framed, forms go back here alone; the inline style is the only exception. */
export const landingPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
