import OktaRuntime

/// Checks and completes profiles of users.
enum UserProfiles {
    /// The profile as it is stored: without other nulls than the two that Okta always shows, in Okta's order.
    static func stored(_ profile: JSON, _ org: inout OrgState) -> UserAttributes {
        var members: [(key: String, value: JSON)] = []
        let sent = profile.members ?? []
        var values: [String: JSON] = [:]
        for (name, value) in sent { values[name] = value }
        let first = ["firstName", "lastName", "mobilePhone"]
        let last = ["secondEmail", "login", "email"]
        let alwaysShown: Set = ["mobilePhone", "secondEmail"]
        func append(_ name: String) {
            if let value = values[name], value.kind != .null || alwaysShown.contains(name) {
                members.append((name, value))
            } else if alwaysShown.contains(name) {
                members.append((name, .null))
            }
        }
        first.forEach(append)
        var seen = Set(first + last)
        for (name, _) in sent where seen.insert(name).inserted { append(name) }
        last.forEach(append)
        return org.users.attributes(members)
    }

    /// Removes attributes that a schema no longer has from the profiles of its users.
    static func remove(_ names: Set<String>, schemaID: String, _ org: inout OrgState) {
        var changed: [UserRecord] = []
        org.users.forEach { user in
            if org.schemaID(ofType: user.typeID) == schemaID, names.contains(where: { user.profile[$0] != nil }) {
                changed.append(user)
            }
            return true
        }
        for var user in changed {
            let members = (user.profile.json.members ?? []).filter { !names.contains($0.key) }
            user.profile = org.users.attributes(members)
            org.users.store(user)
        }
    }

    /// Throws what a real org objects to: required attributes that are missing, a login that another user has, and values
    /// that their schema does not allow.
    static func check(_ profile: JSON, typeID: String, user: String?, _ org: OrgState) throws(OrgFault) {
        var causes: [String] = []
        var subjects: [String] = []
        func object(_ name: String, _ text: String) {
            subjects.append(name)
            causes.append("\(name): \(text)")
        }
        for name in ["login", "email", "firstName", "lastName"] {
            let value = profile[name]
            if value == nil || value?.kind == .null || value?.string == "" {
                object(name, "The field cannot be left blank")
            } else if let value, value.string == nil {
                throw .malformedBody
            }
        }
        if let login = profile.text("login"), !login.isEmpty {
            if login.utf8.count < 5 || login.utf8.count > 100 {
                object("login", "The field must be between 5 and 100 characters")
            }
            if let other = org.users.withLogin(login), other.id != user {
                object("login", "An object with this field already exists in the current organization")
            }
        }
        if let email = profile.text("email"), !email.isEmpty, !isEmail(email) {
            object("email", "Does not match required pattern")
        }
        checkSchema(profile, typeID: typeID, user: user, org) { object($0, $1) }
        guard let subject = subjects.first else { return }
        throw .invalid(subject, causes: causes)
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(" ")
    }

    /// The custom attributes of the schema: type, enumeration, limits, required and unique.
    private static func checkSchema(
        _ profile: JSON, typeID: String, user: String?, _ org: OrgState, _ object: (String, String) -> Void
    ) {
        guard let schema = org.tables[UserSchemas.kind][org.schemaID(ofType: typeID)],
            let custom = schema[path: "definitions.custom.properties"]?.members
        else { return }
        let required = Set((schema[path: "definitions.custom.required"]?.elements ?? []).compactMap(\.string))
        for (name, attribute) in custom {
            guard let value = profile[name], value.kind != .null else {
                if required.contains(name) { object(name, "The field cannot be left blank") }
                continue
            }
            if let text = misfit(value, attribute) { object(name, text) }
            if attribute.text("unique") == "UNIQUE_VALIDATED", isTaken(value, name, user, org) {
                object(name, "An object with this field already exists in the current organization")
            }
        }
    }

    private static func misfit(_ value: JSON, _ attribute: JSON) -> String? {
        switch attribute.text("type") {
        case "string":
            guard let text = value.string else { return "The value must be a string" }
            if let least = attribute["minLength"]?.int, text.count < least { return "The field is too short" }
            if let most = attribute["maxLength"]?.int, text.count > most { return "The field is too long" }
        case "integer": if value.int == nil { return "The value must be an integer" }
        case "number": if value.double == nil { return "The value must be a number" }
        case "boolean": if value.bool == nil { return "The value must be a boolean" }
        case "array": if value.kind != .array { return "The value must be an array" }
        default: break
        }
        if let values = attribute["enum"]?.elements, value.kind != .array, !values.contains(value) {
            return "The value is not in the enumeration of the attribute"
        }
        if let least = attribute["minimum"]?.double, let number = value.double, number < least {
            return "The value is below the minimum"
        }
        if let most = attribute["maximum"]?.double, let number = value.double, number > most {
            return "The value is above the maximum"
        }
        return nil
    }

    private static func isTaken(_ value: JSON, _ name: String, _ user: String?, _ org: OrgState) -> Bool {
        var isTaken = false
        org.users.forEach { other in
            if other.id != user, other.profile[name]?.json == value { isTaken = true }
            return !isTaken
        }
        return isTaken
    }
}
