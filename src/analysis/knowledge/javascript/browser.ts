import { aliases, fromUser, type KnowledgePart, localSources, named, userSources } from './part.ts';

/** Pages: where text of others comes in. */
export const browser: KnowledgePart = {
  handlers: [
    { call: 'global.addEventListener', params: [named('global.MessageEvent')] },
    { call: 'global.onmessage', params: [named('global.MessageEvent')] },
    { call: 'global.WebSocket.addEventListener', params: [named('global.MessageEvent')] },
    { call: 'global.WebSocket.onmessage', params: [named('global.MessageEvent')] },
    { call: 'global.EventSource.addEventListener', params: [named('global.MessageEvent')] },
    { call: 'global.BroadcastChannel.addEventListener', params: [named('global.MessageEvent')] },
    { call: 'global.chrome.runtime.onMessage.addListener', params: [fromUser('a message')] },
    { call: 'global.chrome.runtime.onMessageExternal.addListener', params: [fromUser('a message')] },
    { call: 'global.browser.runtime.onMessage.addListener', params: [fromUser('a message')] },
  ],
  sources: [
    ...userSources('global.location', 'hash search href pathname toString()', 'the page’s address'),
    { path: 'global.location', level: 'user', what: 'the page’s address' },
    ...userSources('global.document', 'URL documentURI baseURI referrer', 'the page’s address'),
    ...userSources('global.history', 'state', 'the page’s history'),
    ...localSources('global.document', 'cookie', 'a cookie'),
    ...localSources('global.localStorage', 'getItem()', 'the browser’s storage'),
    ...localSources('global.sessionStorage', 'getItem()', 'the browser’s storage'),
    { path: 'global.prompt()', level: 'local', what: 'what the user enters' },
  ],
  same: aliases('global.MessageEvent', 'web.MessageEvent'),
};
