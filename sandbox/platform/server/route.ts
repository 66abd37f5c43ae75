import type { CallName } from './call-log.ts';

/** Which call an address means, and the id in it. Null in place of the id: the id cannot be decoded. */
export interface Route {
  readonly name: CallName;
  readonly id: string | null;
}

const OPERATIONS = '/iodm/northbound/v1.5.0/operations';
const ROUTES: readonly { name: CallName; method: string; path: RegExp }[] = [
  { name: 'login', method: 'POST', path: /^\/iocm\/app\/sec\/v1\.1\.0\/login$/ },
  { name: 'refreshToken', method: 'POST', path: /^\/iocm\/app\/sec\/v1\.1\.0\/refreshToken$/ },
  { name: 'listTasks', method: 'GET', path: new RegExp(`^${OPERATIONS}$`) },
  { name: 'listDeviceResults', method: 'GET', path: new RegExp(`^${OPERATIONS}/([^/]+)/subOperations$`) },
  { name: 'getTask', method: 'GET', path: new RegExp(`^${OPERATIONS}/([^/]+)$`) },
  { name: 'getDevice', method: 'GET', path: /^\/iocm\/app\/dm\/v1\.4\.0\/devices\/([^/]+)$/ },
];

/** Finds the call; any other method or address is `unknown`. */
export function routeOf(method: string, path: string): Route {
  for (const route of ROUTES) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { name: route.name, id: decoded(match[1] ?? '') };
  }
  return { name: 'unknown', id: '' };
}

function decoded(id: string): string | null {
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}
