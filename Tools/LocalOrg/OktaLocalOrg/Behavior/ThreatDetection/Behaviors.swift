import OktaRuntime

/// Behavior detection rules.
enum Behaviors {
    static let kind = "/api/v1/behaviors"

    static let resource = Resource(kind, "BehaviorSettings", "bhv") {
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.page = PageRule(10)
        $0.order = .text("name")
        $0.date = { $0.spaced }
        $0.kept = ["type"]
        $0.links = Links.lifecycle
        $0.event = "security.behavior.settings"
        $0.prepare = { json, change, org throws(OrgFault) in
            try Checks.name(json, maximum: 128)
            try Checks.unique("name", of: json, change, kind: kind, org)
            try Checks.choice(
                "type", of: json,
                ["ANOMALOUS_ASN", "ANOMALOUS_DEVICE", "ANOMALOUS_IP", "ANOMALOUS_LOCATION", "VELOCITY"])
            try checkNumber("maxEventsUsedForEvaluation", 1...100, json)
            try checkNumber("minEventsNeededForEvaluation", 0...10, json)
            try checkNumber("velocityKph", 1...Int.max, json)
            if json.text("settings.granularity") == "LAT_LONG", json[path: "settings.radiusKilometers"] == nil {
                throw .invalid("radiusKilometers", Checks.blank("radiusKilometers"))
            }
            if let radius = json[path: "settings.radiusKilometers"]?.int {
                json[path: "settings.radiusKilometers"] = JSON(Double(radius))
            }
        }
    }

    private static func checkNumber(_ name: String, _ range: ClosedRange<Int>, _ json: JSON) throws(OrgFault) {
        guard let value = json[path: "settings.\(name)"], value.kind != .null else { return }
        guard let number = value.int else { throw .malformedBody }
        guard range.contains(number) else {
            let limits =
                range.upperBound == .max
                ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            throw .invalid(name, "\(name): The value must be \(limits).")
        }
    }
}
