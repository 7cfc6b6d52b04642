import type { Site } from './site.ts';

/** What happened on the wire, in our words. */
export interface TransportFault {
  /** A clause that goes on from "Django at <host> …". */
  readonly what: string;
  readonly hint: string;
}

const certificateFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate chain is incomplete or from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is not known here',
  CERT_REVOKED: 'its certificate was revoked',
};

const trustHint =
  'If you trust that server, name the PEM file of its authority in NODE_EXTRA_CA_CERTS.';

const faults: Readonly<Record<string, TransportFault>> = {
  ENOTFOUND: {
    what: 'cannot be reached: its host name does not exist',
    hint: 'Check the spelling of the admin URL, and DNS.',
  },
  EAI_AGAIN: {
    what: 'cannot be reached: its host name could not be looked up',
    hint: 'DNS did not answer; check the network and the spelling of the admin URL.',
  },
  ECONNREFUSED: {
    what: 'cannot be reached: nothing listens on that port',
    hint: 'Start Django, or correct host and port of the admin URL.',
  },
  UND_ERR_CONNECT_TIMEOUT: {
    what: 'cannot be reached: the connection was not accepted in time',
    hint: 'A firewall may be in the way; check host and port of the admin URL.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'cannot be trusted: its certificate is for another host name',
    hint: 'Use the host name of the certificate, or send it as an extra Host header: TLS goes by that.',
  },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    what: 'ended its answer too early',
    hint: 'The server, or a proxy before it, broke off; its log may say why.',
  },
  UND_ERR_HEADERS_OVERFLOW: {
    what: 'sent larger headers than are accepted',
    hint: 'Look for a cookie or header that grows without end.',
  },
  // Our own aborts are told apart before; what is left is a proxy that answers CONNECT with no.
  UND_ERR_ABORTED: {
    what: 'cannot be reached: the proxy did not let us through',
    hint: 'Check HTTPS_PROXY, its user name and password, and NO_PROXY.',
  },
  UND_ERR_PRX_TLS: {
    what: 'cannot be reached: the proxy could not be spoken to over TLS',
    hint: 'Check HTTPS_PROXY.',
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    what: 'does not speak TLS on that port',
    hint: 'Use http:// in the admin URL, or the port that serves https.',
  },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: {
    what: 'does not speak TLS on that port',
    hint: 'Use http:// in the admin URL, or the port that serves https.',
  },
};

const unreachable: TransportFault = {
  what: 'cannot be reached from here',
  hint: 'Check the network, and host and port of the admin URL.',
};

const closed: TransportFault = {
  what: 'closed the connection without a whole answer',
  hint: "Django's log may say why: a worker was killed, perhaps. An https port asked with http does this too.",
};

const notHttp: TransportFault = {
  what: 'answered something that is not HTTP',
  hint: 'Check scheme and port of the admin URL; an https port was perhaps asked with http.',
};

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  // undici's parser errors have lost their code by the time they arrive.
  if (error.name === 'HTTPParserError') return 'HPE';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
};

/** Names of the codes only: the text of an error may quote what was sent or answered. */
const describe = (code: string): TransportFault => {
  const certificate = certificateFaults[code];
  if (certificate !== undefined)
    return { what: `cannot be trusted: ${certificate} (${code})`, hint: trustHint };
  const known = faults[code];
  if (known !== undefined) return known;
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return closed;
  if (code.startsWith('HPE')) return notHttp;
  if (/^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL|EHOSTDOWN)$/.test(code))
    return unreachable;
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return { what: `cannot be spoken to over TLS (${code})`, hint: trustHint };
  return {
    what: `could not be asked${code === '' ? '' : ` (${code})`}`,
    hint: 'The log of the gateway has the cause.',
  };
};

/** Whether the server dropped a connection, as it does with one that was idle for too long. */
export const isDropped = (error: unknown): boolean => describe(codeOf(error)) === closed;

export const faultOf = (error: unknown): TransportFault => describe(codeOf(error));

/** How messages name a site: never by a URL that could hold more than they should tell. */
export const siteInWords = (site: Site): string => `Django at ${site.adminUrl.host}`;
