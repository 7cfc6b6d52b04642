/** In the page itself: no asset is loaded, from here or from anywhere else. */
export const style = `
  :root {
    color-scheme: light dark;
    --line: light-dark(#d5d8dc, #3b4047);
    --soft: light-dark(#f4f5f7, #1e2126);
    --accent: light-dark(#0b5cad, #7db8f5);
    --bad: light-dark(#a11, #ff9d9d);
    font: 16px/1.55 system-ui, sans-serif;
  }
  * { box-sizing: border-box; }
  body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: light-dark(#fff, #14161a); color: light-dark(#1b1d21, #e6e8eb); }
  h1 { margin: 0 0 .25rem; font-size: 1.7rem; }
  h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; }
  a { color: var(--accent); }
  code, pre, textarea { font: .875rem/1.5 ui-monospace, monospace; }
  pre { margin: .5rem 0; padding: .75rem; overflow: auto; max-height: 28rem; background: var(--soft); border: 1px solid var(--line); border-radius: .4rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1rem 0; }
  dt { opacity: .75; }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { width: 100%; border-collapse: collapse; }
  th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
  thead th { font-weight: 600; opacity: .75; }
  details > summary { cursor: pointer; padding: .3rem 0; }
  summary:focus-visible, a:focus-visible, button:focus-visible, select:focus-visible, textarea:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  form { display: grid; gap: .6rem; }
  label { display: grid; gap: .2rem; }
  select, textarea, button { width: 100%; padding: .5rem; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: .4rem; }
  textarea { min-height: 5rem; }
  button { width: max-content; padding: .5rem 1.2rem; font: inherit; cursor: pointer; }
  .tag { display: inline-block; padding: 0 .45rem; font-size: .8rem; border: 1px solid var(--line); border-radius: 1rem; }
  .bad { color: var(--bad); }
  @media (max-width: 40rem) { .wide { display: none; } }
`;
