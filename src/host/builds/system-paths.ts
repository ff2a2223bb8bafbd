import { existsSync } from 'node:fs';

/** The system's own tools, headers and libraries. Nothing of a user is in them. */
const tools = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc/alternatives', '/etc/ld.so.cache'];

/** Public certificates by the customs of the distributions; never the folders beside them, which hold private keys. */
const certificates = [
  ...['/etc/ssl/certs', '/etc/ssl/cert.pem', '/etc/ssl/openssl.cnf', '/etc/ca-certificates/extracted'],
  ...['/etc/pki/tls/certs', '/etc/pki/tls/cert.pem', '/etc/pki/ca-trust/extracted'],
];

/** How names are looked up. */
const names = [
  ...['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf', '/etc/host.conf', '/etc/gai.conf'],
  ...['/etc/services', '/etc/protocols'],
];

/** What a build tool finds of the system, as far as it is on this machine. */
export function systemPaths(network: 'none' | 'shared'): string[] {
  return [...tools, ...(network === 'shared' ? [...certificates, ...names] : [])].filter(existsSync);
}
