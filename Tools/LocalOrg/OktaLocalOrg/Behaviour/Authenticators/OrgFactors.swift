import OktaRuntime

/// Factors that an org without the Identity Engine turns on and off.
enum OrgFactors {
    private static func orgFactor(_ call: Call, _ org: OrgState) -> JSON {
        let id = call[0]
        let status = org.tables["orgFactors"][id]?.string ?? "INACTIVE"
        let base = "\(call.origin)/api/v1/org/factors/\(id)"
        let verb = status == "ACTIVE" ? "deactivate" : "activate"
        let type = id.split(separator: "_").last.map(String.init) ?? id
        return [
            "id": JSON(id), "provider": "OKTA", "factorType": JSON(type), "status": JSON(status),
            "_links": [
                "self": ["href": JSON(base), "hints": ["allow": ["GET"]]],
                verb: ["href": JSON("\(base)/lifecycle/\(verb)"), "hints": ["allow": ["POST"]]],
            ],
        ]
    }

    static let all: [Operation] =
        [
            Operation("GET", "/api/v1/org/factors/{factorId}") { call, org throws(OrgFault) in
                .json(orgFactor(call, org))
            }
        ]
        + [("activate", "ACTIVE"), ("deactivate", "INACTIVE")].map { name, status in
            Operation("POST", "/api/v1/org/factors/{factorId}/lifecycle/\(name)") { call, org throws(OrgFault) in
                org.tables["orgFactors"][call[0]] = JSON(status)
                return .json(orgFactor(call, org))
            }
        }
}
