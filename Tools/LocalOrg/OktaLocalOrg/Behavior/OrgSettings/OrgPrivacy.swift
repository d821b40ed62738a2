import OktaRuntime

/// Privacy settings: Okta Support access, communication with users, and management from an Aerial account.
enum OrgPrivacy {
    private static let path = "/api/v1/org/privacy"

    // MARK: Support

    /// Returns the end of Okta Support's access; nil if it has none.
    private static func expiration(_ org: OrgState) -> String? {
        guard let text = org.tables["support"]["expiration"]?.string, text > org.now.text else { return nil }
        return text
    }

    private static func support(_ call: Call, _ org: OrgState) -> JSON {
        let expiration = expiration(org)
        let base = "\(call.origin)\(path)/oktaSupport"
        var links: JSON = [:]
        for verb in expiration == nil ? ["grant"] : ["extend", "revoke"] {
            links[verb] = ["href": JSON("\(base)/\(verb)"), "hints": ["allow": ["POST"]]]
        }
        return [
            "support": expiration == nil ? "DISABLED" : "ENABLED", "expiration": expiration.map { JSON($0) } ?? .null,
            "_links": links,
        ]
    }

    private static let cases = path + "/oktaSupport/cases"

    private static func shownCase(_ json: JSON) -> JSON {
        var shown = json
        shown["id"] = nil as JSON?
        return shown
    }

    private static let supportOperations: [Operation] = [
        Operation("GET", path + "/oktaSupport") { call, org throws(OrgFault) in .json(support(call, org)) },
        Operation("POST", path + "/oktaSupport/grant") { call, org throws(OrgFault) in
            org.tables["support"]["expiration"] = JSON((org.now + 8 * 3600).text)
            SystemLog.record("user.session.impersonation.grant", call, &org, targets: [])
            return .json(support(call, org))
        },
        Operation("POST", path + "/oktaSupport/extend") { call, org throws(OrgFault) in
            // An extension adds a day to the current access.
            let end = OrgTime(expiration(org)) ?? org.now
            org.tables["support"]["expiration"] = JSON((end + 24 * 3600).text)
            SystemLog.record("user.session.impersonation.extend", call, &org, targets: [])
            return .json(support(call, org))
        },
        Operation("POST", path + "/oktaSupport/revoke") { call, org throws(OrgFault) in
            org.tables["support"]["expiration"] = nil
            SystemLog.record("user.session.impersonation.revoke", call, &org, targets: [])
            return .json(support(call, org))
        },
        // Support cases are opened with Okta: a local org has those of its seed.
        Operation("GET", cases) { _, org throws(OrgFault) in
            .json(["supportCases": JSON(org.tables[cases].all.map { shownCase($0.json) })])
        },
        Operation("PATCH", cases + "/{caseNumber}") { call, org throws(OrgFault) in
            let found = org.tables[cases].first { $0.text("caseNumber") == call[0] || $0.text("id") == call[0] }
            guard let (id, known) = found else { throw .notFound(call[0], "SupportCase") }
            let body = try call.object()
            var json = known
            for member in ["impersonation", "selfAssigned"] {
                guard let value = body[member] else { continue }
                json.merge([member: value])
            }
            // Access lasts a day by default.
            if body[path: "impersonation.expiration"] == nil, let status = body.text("impersonation.status") {
                json[path: "impersonation.expiration"] =
                    status == "ENABLED" ? JSON((org.now + 24 * 3600).text) : .null
            }
            org.tables[cases][id] = json
            return .json(shownCase(json))
        },
    ]

    // MARK: Toggles

    /// Returns the two operations that turn a setting on and off.
    private static func toggle(_ path: String, _ member: String, on: String, off: String, initial: Bool) -> [Operation]
    {
        let shown: @Sendable (Call, OrgState) -> OrgResponse = { call, org in
            let isOn = org.tables["orgSwitches"][path]?.bool ?? initial
            let verb = isOn ? off : on
            return .json(
                JSON(members: [
                    (member, JSON(isOn)),
                    (
                        "_links",
                        JSON(members: [
                            (verb, ["href": JSON("\(call.origin)\(path)/\(verb)"), "hints": ["allow": ["POST"]]])
                        ])
                    ),
                ]))
        }
        return [
            Operation("GET", path) { call, org throws(OrgFault) in shown(call, org) },
            Operation("POST", "\(path)/\(on)") { call, org throws(OrgFault) in
                org.tables["orgSwitches"][path] = true
                return shown(call, org)
            },
            Operation("POST", "\(path)/\(off)") { call, org throws(OrgFault) in
                org.tables["orgSwitches"][path] = false
                return shown(call, org)
            },
        ]
    }

    // MARK: Aerial

    private static func aerial(_ org: OrgState) -> JSON? { org.tables["aerial"]["grant"] }

    private static let aerialOperations: [Operation] = [
        Operation("GET", path + "/aerial") { _, org throws(OrgFault) in
            guard let grant = aerial(org) else { throw .notFound("grant", "String") }
            return .json(grant)
        },
        Operation("POST", path + "/aerial/grant") { call, org throws(OrgFault) in
            let account = try Checks.text("accountId", of: try call.object())
            guard aerial(org) == nil else {
                throw .invalid("account", "The org already has a consent grant added to Aerial.")
            }
            let grant: JSON = [
                "accountId": JSON(account), "grantDate": JSON(org.now.text), "grantedBy": JSON(call.caller.id),
            ]
            org.tables["aerial"]["grant"] = grant
            return .json(grant)
        },
        Operation("POST", path + "/aerial/revoke") { call, org throws(OrgFault) in
            let account = try Checks.text("accountId", of: try call.object())
            guard let grant = aerial(org), grant.text("accountId") == account else {
                throw .invalid("account", "Invalid aerial account ID.")
            }
            org.tables["aerial"]["grant"] = nil
            return .json(grant)
        },
    ]

    static let all: [Operation] =
        supportOperations + aerialOperations
        + toggle(
            "/api/v1/org/preferences", "showEndUserFooter", on: "showEndUserFooter", off: "hideEndUserFooter",
            initial: true)
        + toggle(path + "/oktaCommunication", "optOutEmailUsers", on: "optOut", off: "optIn", initial: true)
}
