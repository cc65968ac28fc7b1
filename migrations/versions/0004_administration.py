"""Administration: audit log, options, who invited, torch of versions, what workers do.

Revision: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_audit_actor_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_actor", "audit", ["actor_name", "id"])
    op.create_index("ix_audit_action", "audit", ["action", "id"])
    op.create_index("ix_audit_subject", "audit", ["subject", "id"])
    op.create_index(op.f("ix_audit_actor_id"), "audit", ["actor_id"])

    op.create_table(
        "options",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_options")),
    )

    for name in ("created_by", "label"):
        op.add_column(
            "invitations",
            sa.Column(name, sa.String(length=120), nullable=False, server_default=""),
        )
    op.add_column("versions", sa.Column("torch", sa.String(length=40), nullable=True))
    op.add_column("workers", sa.Column("doing", sa.JSON(), nullable=True))
    op.add_column("workers", sa.Column("needs_torch", sa.String(length=40), nullable=True))
    faulty = sa.text("fault IS NOT NULL")
    op.create_index(
        "ix_submissions_fault",
        "submissions",
        ["id"],
        postgresql_where=faulty,
        sqlite_where=faulty,
    )
    op.create_index(
        "ix_users_prefix",
        "users",
        ["name_key"],
        postgresql_ops={"name_key": "varchar_pattern_ops"},
    )


def downgrade() -> None:
    op.drop_index("ix_users_prefix", "users")
    op.drop_index("ix_submissions_fault", "submissions")
    for table, names in (
        ("workers", ("needs_torch", "doing")),
        ("versions", ("torch",)),
        ("invitations", ("label", "created_by")),
    ):
        with op.batch_alter_table(table) as batch_op:
            for name in names:
                batch_op.drop_column(name)
    op.drop_table("options")
    op.drop_table("audit")
