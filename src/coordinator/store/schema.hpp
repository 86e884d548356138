#pragma once
// The tables in <data-dir>/cloudretro.db.
#include "base/sqlite.hpp"

namespace cloudretro::coordinator::store {

// Brings an empty or older database to today's form, all or nothing. Throws Failure: "database-newer" when a
// newer version of the program made it, else those of base::Database.
void migrate(base::Database& database);

}
