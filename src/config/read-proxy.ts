import type { ProxySettings } from '../lib/http-agent.ts';
import { isLoopback } from './check-url.ts';

/**
 * The proxies from the environment variables that curl, Node and others read; null if there are none. Local addresses
 * bypass a proxy unless it is local too: plain HTTP is allowed on loopback because nothing leaves the machine.
 */
export function readProxy(
  env: Readonly<Record<string, string | undefined>>,
  addresses: readonly (string | undefined)[],
  problems: string[],
): ProxySettings | null {
  const [http, https] = ['HTTP_PROXY', 'HTTPS_PROXY'].map((name) => proxyOf(env, name, problems));
  if (!http && !https) return null;
  const set = [http, https].flatMap((url) => (url ? [url] : []));
  const except = (env.no_proxy || env.NO_PROXY || '').split(/[,\s]+/).filter(Boolean);
  // `*` stands for every host.
  if (except.includes('*')) return null;
  if (set.some((url) => !isLoopback(url.hostname))) {
    const hosts = addresses.flatMap((address) => URL.parse(address ?? '')?.hostname ?? []);
    except.push('localhost', '127.0.0.1', '[::1]', ...hosts.filter(isLoopback));
  }
  return {
    http: http?.href ?? '',
    https: https?.href ?? '',
    except: except.join(','),
  };
}

function proxyOf(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  problems: string[],
): URL | null {
  // Lower case takes precedence, as in curl.
  const text = env[name.toLowerCase()] || env[name];
  if (!text) return null;
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  problems.push(`${name} must be the address of a proxy, such as \`http://proxy.example:3128\``);
  return null;
}
