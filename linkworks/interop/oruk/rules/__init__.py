"""What the Open Referral UK 3.0 feed is: its addresses, what may be asked, and how a page of it is written."""
