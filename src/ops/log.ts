import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { correlationNow } from '../lib/correlation.ts';

/** Members that hold secrets or can be used like passwords, wherever they occur. Never logged. */
const SECRET = [
  'token',
  'secret',
  'password',
  'accessToken',
  'refreshToken',
  'authorization',
  'response_url',
  'trigger_id',
];

/**
 * Logs one JSON object per line, to standard output by default. Lines written while a question is answered or
 * a cycle runs carry its correlation id.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: correlationField,
    redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    hooks: { streamWrite: scrub },
    serializers: { err: errorWithoutRequest },
  };
  return destination ? pino(options, destination) : pino(options);
}

function correlationField() {
  const correlation = correlationNow();
  return correlation === undefined ? {} : { correlation };
}

/** Keeps an error's kind, code, message, stack and cause only: clients attach requests with their headers. */
function errorWithoutRequest(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code: unknown = Reflect.get(error, 'code');
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: errorWithoutRequest(error.cause) }),
  };
}

/**
 * Patterns for secrets anywhere in a line: Slack tokens, response URLs, trigger ids and the value of an
 * Authorization header. No pattern matches past the end of a JSON string, so the line stays valid JSON.
 */
const SECRETS: readonly RegExp[] = [
  /xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]+/g,
  /xapp-[A-Za-z0-9-]+/g,
  /https:\/\/hooks\.slack(?:-gov)?\.com\/[^"\\\s]+/g,
  /\b\d+\.\d{6,}\.[0-9a-f]{16,}\b/g,
  /\bBearer [^"\\\s]+/g,
];

/**
 * Removes secrets from a finished log line. It is the safety net after redaction by member name, for secrets
 * inside the messages of errors or libraries.
 */
export function scrub(line: string): string {
  return SECRETS.reduce((text, pattern) => text.replace(pattern, '[secret]'), line);
}
