"""Who is trusted on an encrypted connection, and why one does not begin."""

from __future__ import annotations

import ssl

from runtimes.errors import Unreachable
from runtimes.reasons import because_of
from runtimes.texts import Text

_DEEPEST = 8
_VERDICTS = {
    9: Text("it is not valid yet", "证书尚未生效"),
    10: Text("it has expired", "证书已过期"),
    18: Text("it speaks for itself alone", "证书是自签名的"),
    19: Text("it comes of an authority that is not trusted", "证书由不受信任的机构签发"),
    20: Text("nobody who is trusted speaks for it", "没有受信任的机构为其担保"),
    21: Text("nobody who is trusted speaks for it", "没有受信任的机构为其担保"),
    62: Text("it was made for another name", "证书属于另一个名称"),
    64: Text("it was made for another address", "证书属于另一个地址"),
}
"""The numbers of OpenSSL's X509_V_ERR_… (docs.openssl.org/master/man3/X509_STORE_CTX_get_error)."""


def authorities() -> ssl.SSLContext:
    """Those of the system, or of the environment's variables.  Raises ``Unreachable``."""
    try:
        return ssl.create_default_context()
    except OSError as wrong:
        raise no_authorities(wrong) from wrong


def no_authorities(wrong: OSError) -> Unreachable:
    """The failure where the files that say whom to trust cannot be read."""
    text = Text(
        "the certificates that the environment names cannot be used: {0}",
        "无法使用环境变量指定的证书：{0}",
    )
    return Unreachable(
        because_of(wrong, text),
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
        why = _VERDICTS.get(wrong.verify_code, Text("{1}", "{1}"))
        return Unreachable(
            Text(
                f"the certificate of {{0}} is not trusted: {why.en}",
                f"{{0}} 的证书不受信任：{why.zh}",
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
