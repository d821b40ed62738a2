/// The kinds of objects that several areas of behavior name. A kind is the name of its tables: the path of its list
/// without placeholder names, or an internal name if the objects have no such path.
enum Kinds {
    // MARK: Directory

    static let groups = "/api/v1/groups"
    static let userTypes = "/api/v1/meta/types/user"
    /// Schemas by the user type that they belong to.
    static let userSchemas = "schema.user"
    /// The only schema of groups, `default`.
    static let groupSchemas = "schema.group"

    // MARK: Apps

    static let apps = "/api/v1/apps"
    /// The assignments of an app to users, by app.
    static let appUsers = "/api/v1/apps/{}/users"
    /// The assignments of an app to groups, by app.
    static let appGroups = "/api/v1/apps/{}/groups"
    /// The schemas of app users, by app.
    static let appSchemas = "schema.app"

    // MARK: Admin roles

    /// The roles of users, by user.
    static let userRoles = "roles.users"
    /// The roles of groups, by group.
    static let groupRoles = "roles.groups"
    /// The roles of client apps, by app.
    static let clientRoles = "roles.clients"

    // MARK: Policies

    static let policies = "/api/v1/policies"
    /// The rules of policies, by policy.
    static let policyRules = "/api/v1/policies/{}/rules"
    static let zones = "/api/v1/zones"

    // MARK: Sign-in

    static let authenticators = "/api/v1/authenticators"
    /// The enrolled factors of users, by user.
    static let factors = "/api/v1/users/{}/factors"
    static let devices = "/api/v1/devices"
    /// The users of devices, by device.
    static let deviceUsers = "/api/v1/devices/{}/users"
    static let deviceAssurances = "/api/v1/device-assurances"
    /// Custom domains of the org.
    static let domains = "/api/v1/domains"
}
