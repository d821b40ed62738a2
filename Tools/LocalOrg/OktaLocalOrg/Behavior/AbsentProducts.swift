import OktaRuntime

/// Responses of products that the org has not bought.
enum AbsentProducts {
    static let all: [Operation] = [
        ("GET", "/api/v1/device-posture-checks"), ("POST", "/api/v1/device-posture-checks"),
        ("GET", "/api/v1/device-posture-checks/default"), ("GET", "/api/v1/brands/{brandId}/well-known-uris"),
        ("GET", "/api/v1/device-posture-checks/{postureCheckId}"),
        ("PUT", "/api/v1/device-posture-checks/{postureCheckId}"),
        ("DELETE", "/api/v1/device-posture-checks/{postureCheckId}"),
        ("GET", "/api/v1/brands/{brandId}/well-known-uris/{path}"),
        ("GET", "/api/v1/brands/{brandId}/well-known-uris/{path}/customized"),
        ("PUT", "/api/v1/brands/{brandId}/well-known-uris/{path}/customized"),
    ].map { method, path in Operation(method, path) { _, _ throws(OrgFault) in throw .featureMissing } }
}
