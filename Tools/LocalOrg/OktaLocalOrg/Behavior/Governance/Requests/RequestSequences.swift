import OktaRuntime

/// Approval sequences of a resource. They are created in the Access Requests console; a local org has those of its
/// seed.
enum RequestSequences {
    private static let path = Governance.v2 + "/resources/{resourceId}/request-sequences"
    private static let kind = Governance.v2 + "/resources/{}/request-sequences"

    private static let resource = Resource(path, "RequestSequence", "") { $0.verbs = [.get] }

    private static func list(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        let rows = org.tables[kind, of: call[0]].all.map(\.json)
        return .json([
            "data": JSON(rows),
            "_links": [
                "self": ["href": JSON(call.adminOrigin + call.target.path)],
                "newSequence": ["href": JSON(call.adminOrigin + "/next/sequences/new")],
            ],
        ])
    }

    static let all: [Operation] =
        [
            Operation("GET", path) { call, org throws(OrgFault) in try list(call, org) },
            Operation("DELETE", Governance.v2 + "/request-sequences/{sequenceId}") { call, org throws(OrgFault) in
                let places = org.tables.parents(of: call[0], kind: kind)
                guard !places.isEmpty else { throw .notFound(call[0], "RequestSequence") }
                for place in places { org.tables[kind, of: place][call[0]] = nil }
                return .empty()
            },
        ] + resource.operations()
}
