/**
 * A host of MCP Apps in a page, by the extension's own bridge. The test calls `openApp` and
 * lends `callTool` and `tellModel`, which reach a real gateway.
 */
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

let last;

globalThis.openApp = async ({ html, given, result }) => {
  await last?.close();
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  frame.style = 'width: 100%; border: 0';
  document.body.replaceChildren(frame);
  const bridge = new AppBridge(
    null,
    { name: 'test-host', version: '1' },
    { serverTools: {}, updateModelContext: { text: {} } },
    { hostContext: { theme: 'light' } },
  );
  last = bridge;
  bridge.oncalltool = (params) => globalThis.callTool(params);
  bridge.onupdatemodelcontext = async (params) => {
    await globalThis.tellModel(params);
    return {};
  };
  bridge.onsizechange = ({ height }) => {
    frame.style.height = `${height}px`;
  };
  const greeted = new Promise((resolve) => {
    bridge.oninitialized = resolve;
  });
  await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  frame.srcdoc = html;
  await greeted;
  await bridge.sendToolInput({ arguments: given });
  await bridge.sendToolResult(result);
};
