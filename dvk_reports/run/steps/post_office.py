"""By which server the office sends its mails, from its register, and the password, which is never written anywhere."""

from __future__ import annotations

import os
from collections.abc import Mapping

from dvk_reports.errors import RegisterError
from dvk_reports.mail.smtp import PLAIN, SSL, STARTTLS, MailServerError, Server
from dvk_reports.model.findings import Level
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import FILE, POST
from dvk_reports.run.steps.locked import asks

VARIABLE = "DVK_MAT_KHAU_THU"
"""Variable of the environment that a run without a keyboard takes the password from."""
SERVICE = "dvk_reports"
"""Under which name the store of the system keeps the password."""
_SSL_PORT = "465"


def server_of(register: Register) -> Server | None:
    """The server of sheet ``Gửi thư``; None where none is named. RegisterError where the sheet has a mistake."""
    wrong = [item for item in register.findings if item.sheet == POST and item.level is Level.BLOCK]
    if wrong:
        told = " ".join(f"Ô {item.cell}: {item.text} {item.remedy}" for item in wrong)
        raise RegisterError(f"Trang {POST} của {FILE} có lỗi nên chưa gửi thư nào. {told}")
    post = register.post
    if not post.get("may_chu"):
        return None
    if not post.get("nguoi_gui"):
        raise RegisterError(f"Trang {POST} của {FILE} chưa có nguoi_gui (địa chỉ người gửi) nên chưa gửi thư nào.")
    server = Server(
        host=post["may_chu"],
        sender=post["nguoi_gui"],
        security=_security(post),
        port=int(post.get("cong", 0)),
        account=post.get("tai_khoan", ""),
    )
    if server.account and server.security == PLAIN:
        raise RegisterError(
            f"Trang {POST} của {FILE} ghi bao_mat là {PLAIN} mà có tai_khoan: mật khẩu sẽ đi trên mạng không được mã "
            f"hóa nên chưa gửi thư nào. Ghi {SSL} hoặc {STARTTLS}; máy chủ nội bộ không cần đăng nhập thì để trống "
            "tai_khoan."
        )
    return server


def _security(post: Mapping[str, str]) -> str:
    return post.get("bao_mat") or (SSL if post.get("cong") == _SSL_PORT else STARTTLS)


def password_of(server: Server) -> str:
    """From the environment, the store of the system, or whoever can be asked; MailServerError where nobody knows it."""
    if not server.account:
        return ""
    found = os.environ.get(VARIABLE) or _kept(server.account)
    found = found or next((word for ask in asks if (word := ask(f"hộp thư {server.account}"))), None)
    if not found:
        raise MailServerError(
            f"Chưa có mật khẩu của hộp thư {server.account} nên chưa gửi thư nào. Chạy lệnh ở bàn phím và gõ khi được "
            f"hỏi, hoặc đặt vào biến {VARIABLE}."
        )
    return found


def _kept(account: str) -> str | None:
    """What the system's own store of passwords has, where the office uses one."""
    try:
        import keyring
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(SERVICE, account)
    except Exception:  # a store that is locked, or none at all: whoever sits at the keyboard is asked
        return None
    return found
