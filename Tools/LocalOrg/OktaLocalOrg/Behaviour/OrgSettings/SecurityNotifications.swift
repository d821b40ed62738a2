/// Emails to users about changes of their sign-in. The Admin Console sets them by a path that Okta does not document, and
/// so does Okta's provider for Terraform.
enum SecurityNotifications {
    static let settings = Singleton(
        path: "/api/internal/org/settings/security-notification-settings",
        initial: """
            {"sendEmailForNewDeviceEnabled":true,"sendEmailForFactorEnrollmentEnabled":true,\
            "sendEmailForFactorResetEnabled":true,"sendEmailForPasswordChangedEnabled":true,\
            "reportSuspiciousActivityEnabled":true,"customizedEmailsList":[],\
            "customizedEmailsWithReportButtonList":[]}
            """)
}
