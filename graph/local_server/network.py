"""Fetching one jar with jgo, and saying in plain words why it could not be done."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from graph.errors import LocalServerError
from graph.local_server.lock import Jar

__all__ = ["Stopped", "Unreachable", "jgo_fetcher", "patiently", "system_certificates"]

_TIMEOUT = 30
_PAUSES = (0.5, 2.0)

_INSTEAD = (
    "The network is needed once; after that joinedup works without it. Behind a proxy, set "
    "HTTPS_PROXY (and REQUESTS_CA_BUNDLE when it has certificates of its own); with a Maven "
    "mirror inside your network, set JOINEDUP_MAVEN to its address; or copy the folder {cache} "
    "from a machine that has it. To use a Neo4j server that exists already, give its address: "
    "--database URL, or the environment variable JOINEDUP_DATABASE."
)


class Stopped(Exception):
    """Another jar failed, so this transfer is pointless."""


class Unreachable(LocalServerError):
    """The repository did not answer, or not properly: worth another try."""


def jgo_fetcher(
    repository: str | None, cache: Path
) -> Callable[[Jar, Path, Callable[[int], None]], None]:
    """What fetches a jar from `repository` (None: Maven Central); `cache` is for messages."""
    import requests
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext, PythonResolver

    address = (repository or MAVEN_CENTRAL_URL).rstrip("/")

    def fetch(jar: Jar, target: Path, count: Callable[[int], None]) -> None:
        @contextmanager
        def telling(name: str, size: int) -> Iterator[Callable[[int], None]]:
            yield count

        # jgo writes straight to a file's final name: each jar is given a cache of its own.
        maven = MavenContext(
            resolver=PythonResolver(progress_callback=telling),
            repo_cache=target.with_name(f"{target.name}.fetch"),
            local_repos=[],
            remote_repos={"repository": address},
            timeout=_TIMEOUT,
        )
        component = maven.project(jar.group, jar.artifact).at_version(jar.version)
        artifact = component.artifact(classifier=jar.classifier, packaging="jar")
        if artifact.cached_path is not None:
            artifact.cached_path.unlink(missing_ok=True)
        try:
            artifact.resolve().replace(target)
        except (requests.RequestException, RuntimeError) as error:
            raise _explained(error, address, jar, cache) from error

    return fetch


def patiently(fetch: Callable[[], None]) -> None:
    """Run `fetch`, and again after a pause, and a longer one, while nothing answers."""
    for pause in _PAUSES:
        try:
            return fetch()
        except Unreachable:
            time.sleep(pause)
    return fetch()


def _explained(error: Exception, address: str, jar: Jar, cache: Path) -> LocalServerError:
    import requests

    tried = f"{jar.path.name} could not be fetched from {address}"
    instead = _INSTEAD.format(cache=cache)
    if isinstance(error, requests.exceptions.SSLError):
        return LocalServerError(
            f"{tried}: its certificate is not trusted on this machine ({_cause(error)}). Set "
            "REQUESTS_CA_BUNDLE to the file of certificates that your network uses, or ask whoever "
            f"runs it. {instead}"
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return LocalServerError(f"{tried}: the proxy refused ({_cause(error)}). {instead}")
    if isinstance(error, requests.RequestException):
        return Unreachable(f"{tried}: nothing answered properly ({_cause(error)}). {instead}")
    return Unreachable(f"{tried}: it is not there, or it is refused. {instead}")


def _cause(error: BaseException) -> str:
    """The innermost reason, without the wrappings that each library adds."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


@contextmanager
def system_certificates(environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Trust what the operating system trusts, unless the user names a file of certificates."""
    if environment.get("REQUESTS_CA_BUNDLE") or environment.get("CURL_CA_BUNDLE"):
        yield
        return
    import truststore

    truststore.inject_into_ssl()
    try:
        yield
    finally:
        truststore.extract_from_ssl()
