import Foundation
import Okta

// The examples of the guide to models, compiled here so that they stay correct.

func guideStrictRead(user: User) throws -> Date {
    // example begin
    let created: Date = try user.json.require("profile", "hireDate")
    // example end
    return created
}

func guideCustomAttribute(user: inout User) {
    // example begin
    user.profile?["badge"] = "4711"
    // example end
}

func guideStoredModels(users: [User]) -> Set<OktaStored<User>> {
    // example begin
    struct Snapshot: Codable, Hashable {
        @OktaStored var user: User
        var manager: OktaStored<User>?
    }
    let known = Set(users.map { OktaStored($0) })
    // example end
    return known
}
