import { BlockList, isIP } from 'node:net';

/** The IPv4 addresses that are not public (https://www.iana.org/assignments/iana-ipv4-special-registry). */
const special = new BlockList();
for (const [net, bits] of [
  ...[
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ],
  ...[
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ],
  ...[
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
] as [string, number][]) {
  special.addSubnet(net, bits, 'ipv4');
}

/** Of IPv6 only global unicast is public, except its ranges for translation, tunnels and documentation. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const special6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as [string, number][]) {
  special6.addSubnet(net, bits, 'ipv6');
}

const loopback4 = new BlockList();
loopback4.addSubnet('127.0.0.0', 8, 'ipv4');

/** Whether an IP address is on the public internet. `false` for a text that is not an address. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  // Forms of IPv4 addresses, such as ::ffff:127.0.0.1 and 64:ff9b::7f00:1, are outside of 2000::/3, so they are refused.
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}

/** Whether an IP address is a loopback address. */
export function isLoopback(address: string): boolean {
  return isIP(address) === 4 ? loopback4.check(address, 'ipv4') : address === '::1';
}

/** The host of a URL, without the brackets of IPv6. `URL` has already normalised decimal, octal and hexadecimal IPv4 addresses. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
