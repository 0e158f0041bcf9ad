#!/usr/bin/env python3
"""Many readers at once: each of CLIENTS asks for a page a second, for SECONDS, over connections of their own that are kept.

    pledgebook serve ledger.db --listen 127.0.0.1:8750 &
    python3 benches/load.py 127.0.0.1:8750 200 60

Prints how many answers there were, errors, and how long an answer took from the question to its last byte.
"""
import asyncio, random, re, sys, time, urllib.request


async def ask(reader, writer, host, path):
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", head, re.I)[1])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def client(host, paths, until, took, errors):
    await asyncio.sleep(random.random())
    name, port = host.rsplit(":", 1)
    reader, writer = await asyncio.open_connection(name, int(port))
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            path = random.choice(paths)
            status = await ask(reader, writer, host, path)
            took.append(time.monotonic() - begun)
            if status != 200:
                errors.append(f"{status} {path}")
        except Exception as error:
            errors.append(repr(error))
            reader, writer = await asyncio.open_connection(name, int(port))
        await asyncio.sleep(max(0, 1 - (time.monotonic() - begun)))
    writer.close()


async def main(host, clients, seconds):
    home = urllib.request.urlopen(f"http://{host}/en/index.html").read().decode()
    found = sorted(set(re.findall(r'href="((?:report|area)/[^"#]+)"', home)))
    indicators = ["indicator/gdp.html", "indicator/urban_new_jobs.html", "indicators.html", "verdicts/missed.html", "index.html", "about.html"]
    words = ["search.html?q=%E5%B0%B1%E4%B8%9A", "words.html?q=%E6%B6%88%E8%B4%B9"]
    paths = [f"/{language}/{path}" for language in ("en", "zh-hans", "zh-hant") for path in found + indicators * 4 + words * 4]
    took, errors, until = [], [], time.monotonic() + seconds
    await asyncio.gather(*(client(host, paths, until, took, errors) for _ in range(clients)))
    took.sort()
    at = lambda share: 1000 * took[min(len(took) - 1, int(len(took) * share))]
    print(f"{len(took)} answers, {len(errors)} errors {sorted(set(errors))[:40]}; median {at(.5):.1f} ms, p95 {at(.95):.1f} ms, p99 {at(.99):.1f} ms, longest {1000 * took[-1]:.1f} ms")


asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
