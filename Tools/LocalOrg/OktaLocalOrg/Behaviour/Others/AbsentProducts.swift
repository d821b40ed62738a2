import OktaRuntime

/// Answers of products that an org has not bought.
enum AbsentProducts {
    static let all: [Operation] = [
        ("GET", "/api/v1/device-posture-checks"), ("POST", "/api/v1/device-posture-checks"),
        ("GET", "/api/v1/device-posture-checks/default"), ("GET", "/api/v1/brands/{brandId}/well-known-uris"),
        ("POST", "/api/v1/apps/{appId}/federated-claims"),
    ].map { method, path in Operation(method, path) { _, _ throws(OrgFault) in throw .featureMissing } }
}
