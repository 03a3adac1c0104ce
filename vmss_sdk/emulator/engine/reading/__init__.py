"""What people are told: the decision log in sentences, and what is pending."""
