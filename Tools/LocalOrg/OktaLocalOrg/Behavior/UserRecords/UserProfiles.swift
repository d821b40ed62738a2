import OktaRuntime

/// Checks and completes profiles of users.
enum UserProfiles {
    /// Returns the profile in its stored form: in Okta's order, without null members except the two that Okta always
    /// shows.
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

    /// Throws for missing required attributes, a login that another user has, and values that the schema does not
    /// allow.
    static func check(_ profile: JSON, typeID: String, user: String?, _ org: OrgState) throws(OrgFault) {
        var causes: [String] = []
        var subjects: [String] = []
        func object(_ name: String, _ text: String) {
            subjects.append(name)
            causes.append("\(name): \(text)")
        }
        let required = ["login", "email", "firstName"] + (org.features.lastNameRequired ? ["lastName"] : [])
        for name in required {
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
            if !isLogin(login, typeID, org) { object("login", "Username must be in the form of an email address") }
            if let other = org.users.withLogin(login), other.id != user {
                object("login", "An object with this field already exists in the current organization")
            }
        }
        if let schema = org.tables[Kinds.userSchemas][org.schemaID(ofType: typeID)] {
            // Blank required attributes are reported above, whether or not the schema requires them.
            let blank = Set(subjects)
            let check = AttributeCheck(
                schema: schema, skipped: blank.union(["login"]),
                isTaken: { name, value in isTaken(value, name, user, org) })
            for (name, text) in check.problems(profile) where !blank.contains(name) {
                // The last name can be optional.
                if name == "lastName", text.hasSuffix("blank") { continue }
                object(name, text)
            }
        }
        guard let subject = subjects.first else { return }
        throw .invalid(subject, causes: causes)
    }

    /// Throws for values of attributes that the schema does not define.
    static func checkDefined(_ sent: JSON?, typeID: String, _ org: OrgState) throws(OrgFault) {
        guard let schema = org.tables[Kinds.userSchemas][org.schemaID(ofType: typeID)] else { return }
        let undefined = UserSchemas.undefined(sent, schema)
        guard undefined.isEmpty else { throw .invalid("newUser", causes: undefined) }
    }

    /// Returns whether a text is a valid login: an email address, unless the schema has a pattern for logins.
    private static func isLogin(_ login: String, _ typeID: String, _ org: OrgState) -> Bool {
        let schema = org.tables[Kinds.userSchemas][org.schemaID(ofType: typeID)]
        guard let pattern = schema?.text("definitions.base.properties.login.pattern"), !pattern.isEmpty else {
            return AttributeCheck.isEmail(login)
        }
        return pattern == ".+" || PatternCache.pattern(pattern)?.matches(login) ?? true
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
