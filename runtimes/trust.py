"""Who is trusted on an encrypted connection, and why one does not begin."""

from __future__ import annotations

import ssl

from runtimes.errors import Unreachable
from runtimes.texts import Text

_DEEPEST = 8


def authorities() -> ssl.SSLContext:
    """Those of the system, or of the environment's variables.  Raises ``Unreachable``."""
    try:
        return ssl.create_default_context()
    except OSError as wrong:
        raise no_authorities(wrong) from wrong


def no_authorities(wrong: OSError) -> Unreachable:
    """The failure where the files that say whom to trust cannot be read."""
    return Unreachable(
        Text(
            "the certificates that the environment names cannot be used: {0}",
            "无法使用环境变量指定的证书：{0}",
            (wrong.strerror or str(wrong),),
        ),
        Text(
            "correct SSL_CERT_FILE, SSL_CERT_DIR or SSLKEYLOGFILE",
            "请更正 SSL_CERT_FILE、SSL_CERT_DIR 或 SSLKEYLOGFILE",
        ),
    )


def not_private(url: str, error: BaseException) -> Unreachable | None:
    """Why there is no encrypted connection to an address; ``None`` where an exception is of
    another kind."""
    wrong = _of_tls(error)
    if wrong is None:
        return None
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return Unreachable(
            Text(
                "the certificate of {0} is not trusted: {1}",
                "{0} 的证书不受信任：{1}",
                (url, wrong.verify_message),
            ),
            Text(
                "if the server is yours, let SSL_CERT_FILE name the certificate that speaks for it",
                "如果是你自己的服务器，请用 SSL_CERT_FILE 指定为其担保的证书",
            ),
        )
    return Unreachable(
        Text(
            "no encrypted connection to {0}: {1}",
            "无法与 {0} 建立加密连接：{1}",
            (url, wrong.reason or str(wrong)),
        ),
        Text(
            "does the server speak plain http? Then write the address with http://",
            "服务器是否使用普通 http？若是，请把地址写成 http://",
        ),
    )


def _of_tls(error: BaseException | None) -> ssl.SSLError | None:
    """The failure of the encryption in what an exception came of."""
    for _ in range(_DEEPEST):
        if error is None or isinstance(error, ssl.SSLError):
            return error
        error = error.__cause__ or error.__context__
    return None
