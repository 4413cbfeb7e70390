import GRDB

/// The database's tables. A migration that has landed is never edited: the next change is the next migration.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 products, candidates, decisions, jobs") { db in
            try db.execute(sql: pictures)
            try db.execute(sql: review)
            try db.execute(sql: work)
        }
        migrator.registerMigration("2 ratings and notes") { db in
            try db.execute(sql: opinions)
        }
        migrator.registerMigration("3 labels, order of jobs") { db in
            try db.execute(sql: order)
        }
        migrator.registerMigration("4 treatments") { db in
            try db.execute(sql: treatments)
        }
        migrator.registerMigration("5 priority of jobs") { db in
            try db.execute(sql: priority)
        }
        migrator.registerMigration("6 warnings of candidates") { db in
            try db.execute(sql: warnings)
        }
        return migrator
    }

    private static let pictures = """
        CREATE TABLE product (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            nameKey TEXT NOT NULL UNIQUE,
            fileName TEXT NOT NULL UNIQUE,
            digest TEXT NOT NULL,
            fileSize INTEGER NOT NULL,
            fileModified INTEGER NOT NULL,
            categoryIdentifier TEXT,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            cutoutMethod TEXT NOT NULL,
            cutoutCertainty REAL NOT NULL,
            warning TEXT,
            importedAt TEXT NOT NULL,
            importedBy TEXT NOT NULL
        ) STRICT;
        CREATE INDEX productDigest ON product(digest);
        CREATE TABLE reference (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            nameKey TEXT NOT NULL UNIQUE,
            fileName TEXT NOT NULL UNIQUE,
            digest TEXT NOT NULL,
            fileSize INTEGER NOT NULL,
            fileModified INTEGER NOT NULL,
            importedAt TEXT NOT NULL,
            importedBy TEXT NOT NULL
        ) STRICT;
        CREATE INDEX referenceDigest ON reference(digest);
        CREATE TABLE candidate (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            productID INTEGER NOT NULL REFERENCES product(id),
            number INTEGER NOT NULL CHECK (number > 0),
            fileName TEXT NOT NULL UNIQUE,
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            seconds REAL NOT NULL,
            createdAt TEXT NOT NULL,
            decision TEXT NOT NULL DEFAULT 'open' CHECK (decision IN ('open', 'approved', 'rejected')),
            UNIQUE (productID, number)
        ) STRICT;
        """

    private static let review = """
        CREATE TABLE decision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            candidateID INTEGER NOT NULL REFERENCES candidate(id),
            step INTEGER NOT NULL,
            verdict TEXT NOT NULL CHECK (verdict IN ('open', 'approved', 'rejected')),
            "by" TEXT NOT NULL,
            at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'standing' CHECK (state IN ('standing', 'undone', 'dropped')),
            undoneAt TEXT
        ) STRICT;
        CREATE INDEX decisionCandidate ON decision(candidateID);
        CREATE INDEX decisionMaker ON decision("by", state);
        CREATE TABLE export (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            candidateID INTEGER NOT NULL REFERENCES candidate(id),
            fileName TEXT NOT NULL,
            at TEXT NOT NULL,
            "by" TEXT NOT NULL
        ) STRICT;
        CREATE INDEX exportCandidate ON export(candidateID);
        """

    private static let opinions = """
        ALTER TABLE candidate ADD COLUMN rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5);
        ALTER TABLE candidate ADD COLUMN note TEXT;
        """

    private static let order = """
        ALTER TABLE candidate ADD COLUMN label TEXT;
        ALTER TABLE job ADD COLUMN position REAL NOT NULL DEFAULT 0;
        UPDATE job SET position = id;
        """

    private static let priority = """
        ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN -1 AND 1);
        """

    /// Names of checks with commas between; NULL where none was made.
    private static let warnings = """
        ALTER TABLE candidate ADD COLUMN warnings TEXT;
        """

    private static let treatments = """
        CREATE TABLE treatment (
            productID INTEGER PRIMARY KEY REFERENCES product(id),
            body TEXT NOT NULL CHECK (json_valid(body))
        ) STRICT;
        """

    private static let work = """
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            productID INTEGER NOT NULL REFERENCES product(id),
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            count INTEGER NOT NULL CHECK (count > 0),
            done INTEGER NOT NULL DEFAULT 0 CHECK (done BETWEEN 0 AND count),
            state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'done', 'cancelled', 'failed')),
            message TEXT,
            createdAt TEXT NOT NULL,
            owner TEXT,
            heartbeat REAL NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX jobState ON job(state);
        CREATE TABLE draft (
            productID INTEGER PRIMARY KEY REFERENCES product(id),
            body TEXT NOT NULL CHECK (json_valid(body))
        ) STRICT;
        CREATE TABLE viewState (
            user TEXT NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (user, key)
        ) STRICT, WITHOUT ROWID;
        """
}
