import OktaRuntime

/// App user schemas.
enum AppSchemas {
    private static let kind = Kinds.appSchemas

    /// Name, title, and the external name if it differs.
    private static let claims: [(name: String, title: String, external: String?)] = [
        ("userName", "Username", "preferred_username"), ("name", "Name", nil), ("nickname", "Nickname", nil),
        ("given_name", "Given Name", nil), ("middle_name", "Middle Name", nil),
        ("family_name", "Family Name", nil), ("email", "Email", nil), ("profile", "Profile URL", nil),
        ("picture", "Picture URL", nil), ("website", "Website", nil), ("gender", "Gender", nil),
        ("birthdate", "Birthdate", nil), ("zoneinfo", "Time Zone", nil), ("locale", "Locale Name", nil),
        ("phone_number", "Phone Number", nil), ("street_address", "Street Address", "address.street_address"),
        ("locality", "Locality", "address.locality"), ("region", "Region", "address.region"),
        ("postal_code", "Postal Code", "address.postal_code"), ("country", "Country", "address.country"),
        ("formatted", "Formatted", "address.formatted"),
    ]

    static func create(forApp app: JSON, _ id: String, _ org: inout OrgState) {
        let isOpenID = app.text("signOnMode") == "OPENID_CONNECT"
        var properties = JSON.emptyObject
        for claim in isOpenID ? claims : [claims[0]] {
            var property: JSON = ["title": JSON(claim.title), "type": "string"]
            if claim.name != "userName" { property["description"] = JSON("\(claim.title) of the end user.") }
            if claim.name == "userName" { property["required"] = true }
            if isOpenID, let external = claim.external { property["externalName"] = JSON(external) }
            property["scope"] = isOpenID ? "SELF" : "NONE"
            if !isOpenID { property["maxLength"] = 100 }
            if org.features.appProfileSources { property["master"] = ["type": "PROFILE_MASTER"] }
            properties[claim.name] = property
        }
        let name = isOpenID ? "oidc_client_" + org.ids.hexadecimal(7) : app.text("name") ?? ""
        org.tables[kind][id] = [
            "$schema": "http://json-schema.org/draft-04/schema#", "name": JSON(name),
            "title": JSON("\(app.text("label") ?? "") User"), "lastUpdated": JSON(org.now.text),
            "created": JSON(org.now.text),
            "definitions": [
                "custom": ["id": "#custom", "type": "object", "properties": [:]],
                "base": [
                    "id": "#base", "type": "object", "properties": properties,
                    "required": ["userName"],
                ],
            ],
            "type": "object",
            "properties": [
                "profile": ["allOf": [["$ref": "#/definitions/base"], ["$ref": "#/definitions/custom"]]]
            ],
        ]
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard org.tables[Kinds.apps][call[0]] != nil, let schema = org.tables[kind][call[0]] else {
            throw .notFound(call[0], "AppInstance")
        }
        return schema
    }

    private static func shown(_ schema: JSON, _ call: Call) -> OrgResponse {
        let own = "\(call.origin)/meta/schemas/apps/\(call[0])/default"
        var shown: JSON = ["id": JSON(own)]
        for (name, value) in schema.members ?? [] { shown[name] = value }
        return .json(shown)
    }

    static let all: [Operation] = [
        Operation("GET", "/api/v1/meta/schemas/apps/{appId}/default") { call, org throws(OrgFault) in
            shown(try find(call, org), call)
        },
        Operation("POST", "/api/v1/meta/schemas/apps/{appId}/default") { call, org throws(OrgFault) in
            let dropped: Set = org.features.appProfileSources ? ["permissions"] : ["permissions", "master"]
            let changed = try SchemaEditing.apply(
                try call.object(), to: try find(call, org), droppedFromBase: dropped,
                droppedFromCustom: dropped.union(["union", "mutability"]), org)
            org.tables[kind][call[0]] = changed
            return shown(changed, call)
        },
    ]
}
