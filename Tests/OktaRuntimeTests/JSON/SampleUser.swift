import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A model with one accessor of each kind that the generator writes.
struct SampleUser: OktaModel, Equatable {
    var json: JSON
    init(json: JSON) { self.json = json }

    var id: String? {
        get { json[string: "id"] }
        set { json[string: "id"] = newValue }
    }
    /// Models have members with this name, so their protocols must not require one.
    var description: String? {
        get { json[string: "description"] }
        set { json[string: "description"] = newValue }
    }
    var created: Date? { json[date: "created"] }
    var expires: Date? {
        get { json[date: "expires"] }
        set { json[date: "expires"] = newValue }
    }
    var attempts: Int? {
        get { json[int: "attempts"] }
        set { json[int: "attempts"] = newValue }
    }
    var score: Double? {
        get { json[double: "score"] }
        set { json[double: "score"] = newValue }
    }
    var locked: Bool? {
        get { json[bool: "locked"] }
        set { json[bool: "locked"] = newValue }
    }
    var links: JSON? {
        get { json[json: "_links"] }
        set { json[json: "_links"] = newValue }
    }
    var status: SampleStatus? {
        get { json[enum: "status"] }
        set { json[enum: "status"] = newValue }
    }
    var profile: SampleProfile? {
        get { json[model: "profile"] }
        set { json[model: "profile"] = newValue }
    }
    var groupIds: [String]? {
        get { json[value: "groupIds"] }
        set { json[value: "groupIds"] = newValue }
    }
    var managers: [SampleUser]? {
        get { json[value: "managers"] }
        set { json[value: "managers"] = newValue }
    }
    var limits: [String: [Int]]? {
        get { json[value: "limits"] }
        set { json[value: "limits"] = newValue }
    }
    var photo: URL? {
        get { json[value: "photo"] }
        set { json[value: "photo"] = newValue }
    }
}

typealias SampleStatus = OpenEnum<SampleStatusKind>

enum SampleStatusKind {}

extension SampleStatus {
    static var active: SampleStatus { Self(rawValue: "ACTIVE") }
    static var staged: SampleStatus { Self(rawValue: "STAGED") }
}

struct SampleProfile: OpenModel, Equatable {
    var json: JSON
    init(json: JSON) { self.json = json }

    var login: String? {
        get { json[string: "login"] }
        set { json[string: "login"] = newValue }
    }
    var firstName: String? {
        get { json[string: "firstName"] }
        set { json[string: "firstName"] = newValue }
    }
}
