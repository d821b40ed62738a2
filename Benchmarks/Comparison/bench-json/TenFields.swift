import Foundation
import Okta
import SimdJSON

/// Reads ten texts of each user: id, status and eight of the profile.
enum TenFields {
    /// The number of bytes read, so that the optimizer cannot remove a read.
    private struct Sum {
        var total = 0

        @inline(__always)
        mutating func add(_ text: String?) { total &+= text?.utf8.count ?? 0 }
    }

    static func okta(_ bytes: [UInt8]) throws -> Int {
        var sum = Sum()
        for element in try JSON(parsing: bytes).elements ?? [] {
            let user = User(json: element)
            sum.add(user.id)
            sum.add(user.status?.rawValue)
            guard let profile = user.profile else { continue }
            sum.add(profile.firstName)
            sum.add(profile.lastName)
            sum.add(profile.email)
            sum.add(profile.login)
            sum.add(profile.mobilePhone)
            sum.add(profile.department)
            sum.add(profile.city)
            sum.add(profile.title)
        }
        return sum.total
    }

    private struct DecodedUser: Decodable {
        struct Profile: Decodable {
            var firstName, lastName, email, login, mobilePhone, department, city, title: String?
        }
        var id, status: String?
        var profile: Profile?
    }

    static func decoder(_ data: Data) throws -> Int {
        var sum = Sum()
        for user in try JSONDecoder().decode([DecodedUser].self, from: data) {
            sum.add(user.id)
            sum.add(user.status)
            guard let profile = user.profile else { continue }
            sum.add(profile.firstName)
            sum.add(profile.lastName)
            sum.add(profile.email)
            sum.add(profile.login)
            sum.add(profile.mobilePhone)
            sum.add(profile.department)
            sum.add(profile.city)
            sum.add(profile.title)
        }
        return sum.total
    }

    /// Reads the same ten fields from structs that contain all fields.
    static func completeDecoder(_ data: Data) throws -> Int {
        var sum = Sum()
        for user in try EveryField.decoded(data) {
            sum.add(user.id)
            sum.add(user.status?.rawValue)
            guard let profile = user.profile else { continue }
            sum.add(profile.firstName)
            sum.add(profile.lastName)
            sum.add(profile.email)
            sum.add(profile.login)
            sum.add(profile.mobilePhone)
            sum.add(profile.department)
            sum.add(profile.city)
            sum.add(profile.title)
        }
        return sum.total
    }

    static func serialization(_ data: Data) throws -> Int {
        var sum = Sum()
        for case let user as [String: Any] in try JSONSerialization.jsonObject(with: data) as? [Any] ?? [] {
            for name in ["id", "status"] { sum.add(user[name] as? String) }
            let profile = user["profile"] as? [String: Any] ?? [:]
            for name in [
                "firstName", "lastName", "email", "login", "mobilePhone", "department", "city", "title",
            ] { sum.add(profile[name] as? String) }
        }
        return sum.total
    }

    /// Reads the same ten fields with simdjson, which may read the padding after the text.
    static func simdjson(_ padded: [UInt8], count: Int, copies: Bool) -> Int {
        Int(
            copies
                ? simdjson_ten_fields(padded, count, padded.count)
                : simdjson_ten_fields_borrowed(padded, count, padded.count))
    }
}
