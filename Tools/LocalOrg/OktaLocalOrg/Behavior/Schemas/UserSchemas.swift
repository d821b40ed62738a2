import OktaRuntime

/// Schemas of user types, and the group schema.
enum UserSchemas {
    private static let kind = Kinds.userSchemas
    private static let groupKind = Kinds.groupSchemas

    /// Name, title, the user's permission, and format or lengths.
    private static let base: [(name: String, title: String, action: String, more: JSON)] = [
        ("login", "Username", "READ_ONLY", ["minLength": 5, "maxLength": 100, "required": true]),
        ("firstName", "First name", "READ_WRITE", ["minLength": 1, "maxLength": 50, "required": true]),
        ("lastName", "Last name", "READ_WRITE", ["minLength": 1, "maxLength": 50, "required": true]),
        ("middleName", "Middle name", "READ_ONLY", [:]),
        ("honorificPrefix", "Honorific prefix", "READ_ONLY", [:]),
        ("honorificSuffix", "Honorific suffix", "READ_ONLY", [:]),
        ("email", "Primary email", "READ_WRITE", ["format": "email", "required": true]),
        ("title", "Title", "READ_ONLY", [:]),
        ("displayName", "Display name", "READ_ONLY", [:]),
        ("nickName", "Nickname", "READ_ONLY", [:]),
        ("profileUrl", "Profile Url", "READ_ONLY", ["format": "uri"]),
        ("secondEmail", "Secondary email", "READ_WRITE", ["format": "email"]),
        ("mobilePhone", "Mobile phone", "READ_WRITE", ["maxLength": 100]),
        ("primaryPhone", "Primary phone", "HIDE", ["maxLength": 100]),
        ("streetAddress", "Street address", "HIDE", [:]),
        ("city", "City", "HIDE", [:]),
        ("state", "State", "HIDE", [:]),
        ("zipCode", "Zip code", "HIDE", [:]),
        ("countryCode", "Country code", "HIDE", ["format": "country-code"]),
        ("postalAddress", "Postal Address", "HIDE", [:]),
        ("preferredLanguage", "Preferred language", "READ_ONLY", ["format": "language-code"]),
        ("locale", "Locale", "READ_ONLY", ["format": "locale"]),
        ("timezone", "Time zone", "READ_ONLY", ["format": "timezone"]),
        ("userType", "User type", "READ_ONLY", [:]),
        ("employeeNumber", "Employee number", "READ_ONLY", [:]),
        ("costCenter", "Cost center", "READ_ONLY", [:]),
        ("organization", "Organization", "READ_ONLY", [:]),
        ("division", "Division", "READ_ONLY", [:]),
        ("department", "Department", "READ_ONLY", [:]),
        ("managerId", "ManagerId", "READ_ONLY", [:]),
        ("manager", "Manager", "READ_ONLY", [:]),
    ]

    /// Stores the schema of a new user type.
    static func create(forType typeID: String, _ org: inout OrgState) {
        var properties = JSON.emptyObject
        for attribute in base {
            var property: JSON = [
                "title": JSON(attribute.title), "type": "string", "mutability": "READ_WRITE", "scope": "NONE",
            ]
            property.merge(attribute.more)
            let isOptional = attribute.name == "lastName" && !org.features.lastNameRequired
            if isOptional { property["required"] = nil as JSON? }
            property["permissions"] = [["principal": "SELF", "action": JSON(attribute.action)]]
            if org.features.profileSources { property["master"] = ["type": "PROFILE_MASTER"] }
            properties[attribute.name] = property
        }
        let id = org.schemaID(ofType: typeID)
        org.tables[kind][id] = [
            "$schema": "http://json-schema.org/draft-04/schema#", "name": "user", "title": "User",
            "description": "Okta user profile template with default permission settings",
            "lastUpdated": JSON(org.now.text), "created": JSON(org.now.text),
            "definitions": [
                "custom": ["id": "#custom", "type": "object", "properties": [:]],
                "base": [
                    "id": "#base", "type": "object", "properties": properties,
                    "required": org.features.lastNameRequired
                        ? ["login", "firstName", "lastName", "email"] : ["login", "firstName", "email"],
                ],
            ],
            "type": "object",
            "properties": [
                "profile": ["allOf": [["$ref": "#/definitions/custom"], ["$ref": "#/definitions/base"]]]
            ],
        ]
    }

    /// Returns whether a schema has an attribute.
    static func defines(_ name: String, _ schema: JSON) -> Bool {
        ["base", "custom"].contains { schema["definitions"]?[$0]?["properties"]?[name] != nil }
    }

    /// Returns the causes of a refusal: the values of attributes that a schema does not define.
    static func undefined(_ profile: JSON?, _ schema: JSON) -> [String] {
        (profile?.members ?? []).filter { $0.value.kind != .null && !defines($0.key, schema) }
            .map { "Property name '\($0.key)' is not defined in profile" }
    }

    /// Defines the attributes of an existing user, whose values an org can only have if its schema has them.
    static func define(_ profile: JSON, ofType typeID: String, _ org: inout OrgState) {
        define(profile, kind, org.schemaID(ofType: typeID), &org)
    }

    /// Defines the attributes of an existing group.
    static func defineForGroups(_ profile: JSON, _ org: inout OrgState) { define(profile, groupKind, "default", &org) }

    private static func define(_ profile: JSON, _ kind: String, _ id: String, _ org: inout OrgState) {
        guard var schema = org.tables[kind][id] else { return }
        let undefined = (profile.members ?? []).filter { $0.value.kind != .null && !defines($0.key, schema) }
        guard !undefined.isEmpty else { return }
        for (name, value) in undefined {
            schema["definitions"]?["custom"]?["properties"]?[name] = attribute(named: name, like: value)
        }
        org.tables[kind][id] = schema
    }

    private static func attribute(named name: String, like value: JSON) -> JSON {
        var attribute: JSON = ["title": JSON(name), "mutability": "READ_WRITE", "scope": "NONE"]
        attribute.merge(typed(like: value))
        attribute["permissions"] = [["principal": "SELF", "action": "READ_ONLY"]]
        return attribute
    }

    private static func typed(like value: JSON) -> JSON {
        switch value.kind {
        case .boolean: ["type": "boolean"]
        case .number: ["type": value.int == nil ? "number" : "integer"]
        case .array: ["type": "array", "items": typed(like: value[0] ?? "")]
        default: ["type": "string"]
        }
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (id: String, json: JSON) {
        let name = call[0] == "default" ? org.identity.defaultTypeID : call[0]
        let id = org.schemaID(ofType: name)
        guard let schema = org.tables[kind][id] else { throw .notFound(call[0], "CVDType") }
        return (id, schema)
    }

    private static func shown(_ id: String, _ schema: JSON, _ call: Call, _ org: OrgState) -> OrgResponse {
        var shown: JSON = [
            "id": JSON(
                "\(call.origin)/meta/schemas/user/"
                    + (id == org.schemaID(ofType: org.identity.defaultTypeID) ? "default" : id))
        ]
        for (name, value) in schema.members ?? [] { shown[name] = value }
        shown["_links"] = [
            "self": [
                "rel": "self", "href": JSON("\(call.origin)/api/v1/meta/schemas/user/\(id)"), "method": "GET",
            ],
            "type": [
                "rel": "type", "href": JSON("\(call.origin)/api/v1/meta/types/user/oty\(id.dropFirst(3))"),
                "method": "GET",
            ],
        ]
        return .json(shown)
    }

    private static func update(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (id, schema) = try find(call, org)
        let body = try call.object()
        let dropped: Set<String> = org.features.profileSources ? [] : ["master"]
        let changed = try SchemaEditing.apply(body, to: schema, droppedFromCustom: dropped, org)
        org.tables[kind][id] = changed
        let removed = removed(by: body)
        if !removed.isEmpty { RemovedAttributes.remove(Set(removed), fromUsersOf: id, &org) }
        return shown(id, changed, call, org)
    }

    /// Returns the names of the attributes that a change of a schema removes.
    private static func removed(by body: JSON) -> [String] {
        (body[path: "definitions.custom.properties"]?.members ?? []).filter { $0.value.kind == .null }.map(\.key)
    }

    // MARK: Groups

    static func createForGroups(_ org: inout OrgState) {
        org.tables[groupKind]["default"] = [
            "$schema": "http://json-schema.org/draft-04/schema#", "name": "group", "title": "Okta group",
            "description": "Okta group profile template", "lastUpdated": JSON(org.now.text),
            "created": JSON(org.now.text),
            "definitions": [
                "custom": ["id": "#custom", "type": "object", "properties": [:]],
                "base": [
                    "id": "#base", "type": "object",
                    "properties": [
                        "name": [
                            "title": "Name", "description": "Name", "type": "string", "required": true,
                            "mutability": "READ_WRITE", "scope": "NONE", "maxLength": 255,
                            "permissions": [["principal": "SELF", "action": "READ_WRITE"]],
                            "master": ["type": "PROFILE_MASTER"],
                        ],
                        "description": [
                            "title": "Description", "description": "Description", "type": "string",
                            "mutability": "READ_WRITE", "scope": "NONE", "maxLength": 1024,
                            "permissions": [["principal": "SELF", "action": "READ_WRITE"]],
                            "master": ["type": "PROFILE_MASTER"],
                        ],
                    ],
                    "required": ["name"],
                ],
            ],
            "type": "object",
            "properties": [
                "profile": ["allOf": [["$ref": "#/definitions/custom"], ["$ref": "#/definitions/base"]]]
            ],
        ]
    }

    private static func shownGroup(_ schema: JSON, _ call: Call) -> OrgResponse {
        var shown: JSON = ["id": JSON("\(call.origin)/meta/schemas/group/default")]
        for (name, value) in schema.members ?? [] { shown[name] = value }
        shown["_links"] = [
            "self": [
                "rel": "self", "href": JSON("\(call.origin)/api/v1/meta/schemas/group/default"), "method": "GET",
            ]
        ]
        return .json(shown)
    }

    static let all: [Operation] = [
        Operation("GET", "/api/v1/meta/schemas/user/{schemaId}") { call, org throws(OrgFault) in
            let (id, schema) = try find(call, org)
            return shown(id, schema, call, org)
        },
        Operation("POST", "/api/v1/meta/schemas/user/{schemaId}") { call, org throws(OrgFault) in
            try update(call, &org)
        },
        Operation("GET", "/api/v1/meta/schemas/group/default") { call, org throws(OrgFault) in
            shownGroup(org.tables[groupKind]["default"] ?? .emptyObject, call)
        },
        Operation("POST", "/api/v1/meta/schemas/group/default") { call, org throws(OrgFault) in
            let schema = org.tables[groupKind]["default"] ?? .emptyObject
            let body = try call.object()
            var changed = try SchemaEditing.apply(body, to: schema, org)
            if org.features.profileSources { SchemaEditing.nameSources(in: &changed) }
            org.tables[groupKind]["default"] = changed
            RemovedAttributes.removeFromGroups(removed(by: body), &org)
            return shownGroup(changed, call)
        },
    ]
}
