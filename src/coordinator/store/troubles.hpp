#pragma once
// What people are told when a save cannot be stored or read: every sentence in one place.
#include "cloudretro/protocol.hpp"

#include <string>

namespace cloudretro::coordinator::store {

protocol::Trouble badSave(const std::string& reason);
protocol::Trouble saveTooLarge();
protocol::Trouble staleSave();
protocol::Trouble savesBusy();
protocol::Trouble saveMissing(const std::string& hash);
protocol::Trouble saveDamaged(const std::string& hash);
protocol::Trouble s3Unreachable(const std::string& endpoint, const std::string& reason);
protocol::Trouble s3Denied(const std::string& endpoint, const std::string& reason);
protocol::Trouble s3NoBucket(const std::string& endpoint, const std::string& bucket);
protocol::Trouble s3Failed(const std::string& endpoint, const std::string& reason);

}
