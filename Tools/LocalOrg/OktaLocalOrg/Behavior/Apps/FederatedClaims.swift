import OktaRuntime

/// Claims that Okta adds to the assertions and ID tokens of an app.
enum FederatedClaims {
    private static let resource = Resource("/api/v1/apps/{appId}/federated-claims", "FederatedClaim", "ofc") {
        $0.createStatus = 201
        $0.page = nil
        $0.prepare = { json, change, org throws(OrgFault) in
            for member in ["name", "expression"] { try Checks.text(member, of: json) }
            try Checks.unique("name", of: json, change, kind: "/api/v1/apps/{}/federated-claims", org)
        }
    }

    /// The operations, which only orgs with the feature have.
    static let all: [Operation] = resource.operations().map { operation in
        Operation(operation.method, operation.path) { call, org throws(OrgFault) in
            guard org.features.federatedClaims else { throw .featureMissing }
            return try operation.run(call, &org)
        }
    }
}
