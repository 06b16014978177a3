/* resource.h: what an appointment needs besides a person: places of a class (chair, wash basin, cabin), devices in
 * pools with a quantity, and skills that not everybody has. */
#ifndef RESOURCE_RESOURCE_H
#define RESOURCE_RESOURCE_H
#include "entity/entity.h"
#include "web/web.h"

struct place_class { int64_t id, version; str name; int64_t sort; };
struct place_record { int64_t id, version; str name; ref class; int64_t sort; str note; bool active; };
struct device_record { int64_t id, version; str name; int64_t quantity, sort; str note; bool active; };
struct skill { int64_t id, version; str name; };

extern const struct entity place_class_entity, place_entity, device_entity, skill_entity;
extern const struct module resource_module, resource_change;
#endif
